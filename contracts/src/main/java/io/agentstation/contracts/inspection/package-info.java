/** Questions of the gateways to a provisioner about one agent on the cluster, and the answers: over HTTP, within the station. */
@NullMarked
package io.agentstation.contracts.inspection;

import org.jspecify.annotations.NullMarked;
