/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.events;

import org.jspecify.annotations.NullMarked;
