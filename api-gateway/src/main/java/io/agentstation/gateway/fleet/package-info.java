/** How many agents a workspace has, by state and health. */
@NullMarked
package io.agentstation.gateway.fleet;

import org.jspecify.annotations.NullMarked;
