/** What the detector says of itself on {@code agent.detector}: whether it can prove absence. */
@NullMarked
package io.agentstation.contracts.liveness;

import org.jspecify.annotations.NullMarked;
