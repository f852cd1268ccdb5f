/** The provisioner: the process, its settings and how its parts are put together. */
@NullMarked
package io.agentstation.provisioner;

import org.jspecify.annotations.NullMarked;
