/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.heartbeats;

import org.jspecify.annotations.NullMarked;
