/** Tests of this package. */
@NullMarked
package io.agentstation.provisioner.announcement;

import org.jspecify.annotations.NullMarked;
