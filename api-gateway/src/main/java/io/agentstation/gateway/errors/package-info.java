/** The one format of every refusal, also of those that never reach a controller. */
@NullMarked
package io.agentstation.gateway.errors;

import org.jspecify.annotations.NullMarked;
