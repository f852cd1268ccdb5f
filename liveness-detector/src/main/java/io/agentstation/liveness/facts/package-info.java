/** What is known of an agent, as monotone facts, and the lifecycle events that follow from them. */
@NullMarked
package io.agentstation.liveness.facts;

import org.jspecify.annotations.NullMarked;
