/** The API over TLS with a certificate of the person's own, and the trust in it of what runs inside the station. */
@NullMarked
package io.agentstation.standalone.tls;

import org.jspecify.annotations.NullMarked;
