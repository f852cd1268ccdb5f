/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.health;

import org.jspecify.annotations.NullMarked;
