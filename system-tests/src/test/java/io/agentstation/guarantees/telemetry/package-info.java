/** I7: an acknowledged report reaches Cassandra, whatever happens to Cassandra or to its writer. */
@NullMarked
package io.agentstation.guarantees.telemetry;

import org.jspecify.annotations.NullMarked;
