/** Tests of what is remembered of agents. */
@NullMarked
package io.agentstation.provisioner.agents;

import org.jspecify.annotations.NullMarked;
