/** Making one agent true on the cluster, again and again until it is. */
@NullMarked
package io.agentstation.provisioner.reconciliation;

import org.jspecify.annotations.NullMarked;
