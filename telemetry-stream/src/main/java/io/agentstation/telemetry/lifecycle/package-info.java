/** Lifecycle events as history, as the agent's state and as lines of the lists. */
@NullMarked
package io.agentstation.telemetry.lifecycle;

import org.jspecify.annotations.NullMarked;
