/** Tests of the package. */
@NullMarked
package io.agentstation.telemetry.batches;

import org.jspecify.annotations.NullMarked;
