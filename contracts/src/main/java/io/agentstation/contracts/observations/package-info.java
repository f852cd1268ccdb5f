/** Facts on {@code agent.observations}: what the provisioner did and saw on Kubernetes. */
@NullMarked
package io.agentstation.contracts.observations;

import org.jspecify.annotations.NullMarked;
