/** Tests of this package. */
@NullMarked
package io.agentstation.provisioner.quota;

import org.jspecify.annotations.NullMarked;
