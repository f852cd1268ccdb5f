/** The real telemetry-stream with one of its mechanisms switched off: negative controls. */
@NullMarked
package io.agentstation.telemetry;

import org.jspecify.annotations.NullMarked;
