/** The rule that proves an agent's silence from the log alone: ticks, stalls, deadlines. */
@NullMarked
package io.agentstation.liveness.silence;

import org.jspecify.annotations.NullMarked;
