/** Tests of status reports. */
@NullMarked
package io.agentstation.provisioner.status;

import org.jspecify.annotations.NullMarked;
