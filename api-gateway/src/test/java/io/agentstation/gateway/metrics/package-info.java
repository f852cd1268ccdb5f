/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.metrics;

import org.jspecify.annotations.NullMarked;
