/** Lifecycle events by agent, kept for good. */
@NullMarked
package io.agentstation.store.events;

import org.jspecify.annotations.NullMarked;
