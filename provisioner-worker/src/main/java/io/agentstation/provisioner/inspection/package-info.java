/** Answers the gateways' questions about agents on the cluster: pods, events, logs; over HTTP, with a proof, within the station. */
@NullMarked
package io.agentstation.provisioner.inspection;

import org.jspecify.annotations.NullMarked;
