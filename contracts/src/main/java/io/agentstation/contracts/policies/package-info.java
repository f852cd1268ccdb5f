/** What the Station does by itself about an agent that stays silent: policies of agents and workspaces. */
@NullMarked
package io.agentstation.contracts.policies;

import org.jspecify.annotations.NullMarked;
