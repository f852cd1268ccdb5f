/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.clients;

import org.jspecify.annotations.NullMarked;
