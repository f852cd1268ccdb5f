/** The quota of the agents' namespace: how much the pods may have together, and how much they have. */
@NullMarked
package io.agentstation.provisioner.quota;

import org.jspecify.annotations.NullMarked;
