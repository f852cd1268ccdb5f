/** Fleets of thousands in virtual time, by seed: the real detector against an oracle that knows who was alive. */
@NullMarked
package io.agentstation.liveness.simulation;

import org.jspecify.annotations.NullMarked;
