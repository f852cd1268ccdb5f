/** What the cluster holds of an agent, and what its containers print: asked of a provisioner, which alone may ask the cluster. */
@NullMarked
package io.agentstation.gateway.inspection;

import org.jspecify.annotations.NullMarked;
