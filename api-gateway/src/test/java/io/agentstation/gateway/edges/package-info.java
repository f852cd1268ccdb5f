/** Slow clients and many of them. */
@NullMarked
package io.agentstation.gateway.edges;

import org.jspecify.annotations.NullMarked;
