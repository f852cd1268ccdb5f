/** Samples and fakes of the provisioner's tests. */
@NullMarked
package io.agentstation.provisioner.testing;

import org.jspecify.annotations.NullMarked;
