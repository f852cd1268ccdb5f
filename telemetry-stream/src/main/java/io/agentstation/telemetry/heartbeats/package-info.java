/** Heartbeats as rows, and the newest one of each agent. */
@NullMarked
package io.agentstation.telemetry.heartbeats;

import org.jspecify.annotations.NullMarked;
