/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.policies;

import org.jspecify.annotations.NullMarked;
