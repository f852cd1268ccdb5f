/** The simulated cluster as one thing to start, point a client at and close. */
@NullMarked
package io.agentstation.cluster;

import org.jspecify.annotations.NullMarked;
