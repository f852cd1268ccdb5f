/** Tests over a real broker and a real Cassandra. */
@NullMarked
package io.agentstation.telemetry;

import org.jspecify.annotations.NullMarked;
