/** How much of each hour agents were heard, proven by the log alone. */
@NullMarked
package io.agentstation.telemetry.availability;

import org.jspecify.annotations.NullMarked;
