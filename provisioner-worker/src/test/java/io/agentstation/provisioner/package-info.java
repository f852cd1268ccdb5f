/** Tests of the provisioner as a whole. */
@NullMarked
package io.agentstation.provisioner;

import org.jspecify.annotations.NullMarked;
