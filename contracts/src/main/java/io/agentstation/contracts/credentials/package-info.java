/** The station key and what is derived from it: agent tokens and message authentication. */
@NullMarked
package io.agentstation.contracts.credentials;

import org.jspecify.annotations.NullMarked;
