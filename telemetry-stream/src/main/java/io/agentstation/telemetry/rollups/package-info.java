/** Metrics reports summed up in windows of a minute and of an hour. */
@NullMarked
package io.agentstation.telemetry.rollups;

import org.jspecify.annotations.NullMarked;
