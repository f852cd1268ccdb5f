/** Tells the gateways how the cluster stands, and where to ask about it. */
@NullMarked
package io.agentstation.provisioner.announcement;

import org.jspecify.annotations.NullMarked;
