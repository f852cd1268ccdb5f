/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.fleet;

import org.jspecify.annotations.NullMarked;
