/** Imperatives on {@code agent.commands}: what somebody asks the Station to do with one agent. */
@NullMarked
package io.agentstation.contracts.commands;

import org.jspecify.annotations.NullMarked;
