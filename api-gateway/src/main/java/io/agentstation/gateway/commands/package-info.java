/** Publishes commands of users to {@code agent.commands}. */
@NullMarked
package io.agentstation.gateway.commands;

import org.jspecify.annotations.NullMarked;
