/** Follows what becomes of agents: waiters for their events and what is known of their state. */
@NullMarked
package io.agentstation.gateway.lifecycle;

import org.jspecify.annotations.NullMarked;
