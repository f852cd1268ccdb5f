/** The liveness detector as a service: its start, its configuration and its health. */
@NullMarked
package io.agentstation.liveness;

import org.jspecify.annotations.NullMarked;
