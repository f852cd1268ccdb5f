/** Desired state as the fold of commands in offset order: pure. */
@NullMarked
package io.agentstation.provisioner.fold;

import org.jspecify.annotations.NullMarked;
