/** A service that knows another, for the rule that must find it. */
@NullMarked
package io.agentstation.gateway.broken;

import org.jspecify.annotations.NullMarked;
