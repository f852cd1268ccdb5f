/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.agents;

import org.jspecify.annotations.NullMarked;
