/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.ticks;

import org.jspecify.annotations.NullMarked;
