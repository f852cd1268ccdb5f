/** Shows the detector's figures to whoever scrapes them. */
@NullMarked
package io.agentstation.liveness.metrics;

import org.jspecify.annotations.NullMarked;
