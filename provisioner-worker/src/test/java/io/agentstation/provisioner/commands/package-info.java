/** Tests of commands and their outcomes. */
@NullMarked
package io.agentstation.provisioner.commands;

import org.jspecify.annotations.NullMarked;
