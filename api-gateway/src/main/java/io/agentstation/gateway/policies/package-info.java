/** What is done about agents that stay silent: policies of workspaces and of single agents. */
@NullMarked
package io.agentstation.gateway.policies;

import org.jspecify.annotations.NullMarked;
