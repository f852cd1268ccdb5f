/** Whether this gateway can serve, and what it lacks when not. */
@NullMarked
package io.agentstation.gateway.health;

import org.jspecify.annotations.NullMarked;
