/** Tests of the figures. */
@NullMarked
package io.agentstation.telemetry.figures;

import org.jspecify.annotations.NullMarked;
