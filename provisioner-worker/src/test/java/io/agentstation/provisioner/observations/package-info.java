/** Tests of what provisioners say. */
@NullMarked
package io.agentstation.provisioner.observations;

import org.jspecify.annotations.NullMarked;
