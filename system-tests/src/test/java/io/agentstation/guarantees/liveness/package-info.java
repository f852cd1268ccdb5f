/** I4 and I5 under faults: real processes, a fleet over HTTP, and an oracle that knows who was alive. */
@NullMarked
package io.agentstation.guarantees.liveness;

import org.jspecify.annotations.NullMarked;
