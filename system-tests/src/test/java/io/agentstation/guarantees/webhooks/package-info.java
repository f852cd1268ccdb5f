/** I8: every event reaches every healthy subscriber, in order for each agent, whatever dies meanwhile. */
@NullMarked
package io.agentstation.guarantees.webhooks;

import org.jspecify.annotations.NullMarked;
