/** The only home of calls to Kubernetes. */
@NullMarked
package io.agentstation.provisioner.cluster;

import org.jspecify.annotations.NullMarked;
