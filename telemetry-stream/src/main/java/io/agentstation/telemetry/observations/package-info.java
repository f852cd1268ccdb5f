/** What the provisioner did and saw, as the agent's specification and status. */
@NullMarked
package io.agentstation.telemetry.observations;

import org.jspecify.annotations.NullMarked;
