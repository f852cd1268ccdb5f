/** Tests of retries. */
@NullMarked
package io.agentstation.provisioner.reconciliation;

import org.jspecify.annotations.NullMarked;
