/** The lifecycle: its states, the one table of legal edges, and the events on {@code agent.lifecycle}. */
@NullMarked
package io.agentstation.contracts.lifecycle;

import org.jspecify.annotations.NullMarked;
