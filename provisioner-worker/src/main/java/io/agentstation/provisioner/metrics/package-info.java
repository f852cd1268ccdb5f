/** The provisioner's figures, and where they are shown. */
@NullMarked
package io.agentstation.provisioner.metrics;

import org.jspecify.annotations.NullMarked;
