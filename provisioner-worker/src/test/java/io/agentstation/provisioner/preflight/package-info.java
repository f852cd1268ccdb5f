/** Every sentence about a cluster, provoked. */
@NullMarked
package io.agentstation.provisioner.preflight;

import org.jspecify.annotations.NullMarked;
