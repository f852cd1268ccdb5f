/** What telemetry tells about itself: lag, rows, latency, pauses; for people and alarms, never for a decision. */
@NullMarked
package io.agentstation.telemetry.figures;

import org.jspecify.annotations.NullMarked;
