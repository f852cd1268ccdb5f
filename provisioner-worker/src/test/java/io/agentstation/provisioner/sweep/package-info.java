/** Tests of the sweep's guards. */
@NullMarked
package io.agentstation.provisioner.sweep;

import org.jspecify.annotations.NullMarked;
