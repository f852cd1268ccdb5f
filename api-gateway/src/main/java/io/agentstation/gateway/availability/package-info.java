/** How much of the time an agent was heard. */
@NullMarked
package io.agentstation.gateway.availability;

import org.jspecify.annotations.NullMarked;
