/** Subscriptions, how far each lane of deliveries is, what waits in it, and what became of every attempt. */
@NullMarked
package io.agentstation.store.webhooks;

import org.jspecify.annotations.NullMarked;
