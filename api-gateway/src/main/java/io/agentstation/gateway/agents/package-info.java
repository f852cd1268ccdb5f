/** Agents as their users see them: create, list, details, delete. */
@NullMarked
package io.agentstation.gateway.agents;

import org.jspecify.annotations.NullMarked;
