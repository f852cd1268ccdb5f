/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.limits;

import org.jspecify.annotations.NullMarked;
