/** Subscriptions to lifecycle events, and what became of their deliveries; the dispatcher alone sends anything. */
@NullMarked
package io.agentstation.gateway.webhooks;

import org.jspecify.annotations.NullMarked;
