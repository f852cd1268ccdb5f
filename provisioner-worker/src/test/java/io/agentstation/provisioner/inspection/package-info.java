/** Tests of this package. */
@NullMarked
package io.agentstation.provisioner.inspection;

import org.jspecify.annotations.NullMarked;
