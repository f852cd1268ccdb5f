/** How often a key, or an agent, may ask. */
@NullMarked
package io.agentstation.gateway.limits;

import org.jspecify.annotations.NullMarked;
