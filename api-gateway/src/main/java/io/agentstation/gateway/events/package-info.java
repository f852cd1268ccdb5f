/** The lifecycle events of one agent. */
@NullMarked
package io.agentstation.gateway.events;

import org.jspecify.annotations.NullMarked;
