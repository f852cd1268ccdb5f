/** What is known of agents, and who may act on them now. */
@NullMarked
package io.agentstation.provisioner.agents;

import org.jspecify.annotations.NullMarked;
