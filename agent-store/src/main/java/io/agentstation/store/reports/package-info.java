/** Heartbeats and metrics, by agent and day. */
@NullMarked
package io.agentstation.store.reports;

import org.jspecify.annotations.NullMarked;
