/** Batches of records: read, written as rows, and committed only when every row is acknowledged. */
@NullMarked
package io.agentstation.telemetry.batches;

import org.jspecify.annotations.NullMarked;
