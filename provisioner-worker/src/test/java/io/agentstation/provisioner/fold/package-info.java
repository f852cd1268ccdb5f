/** Tests of the fold. */
@NullMarked
package io.agentstation.provisioner.fold;

import org.jspecify.annotations.NullMarked;
