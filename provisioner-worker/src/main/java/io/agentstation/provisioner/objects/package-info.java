/** From a desired state to the Kubernetes objects of an agent: pure. */
@NullMarked
package io.agentstation.provisioner.objects;

import org.jspecify.annotations.NullMarked;
