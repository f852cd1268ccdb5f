/** Commands in: one record, one idempotent call, exactly one outcome. */
@NullMarked
package io.agentstation.provisioner.commands;

import org.jspecify.annotations.NullMarked;
