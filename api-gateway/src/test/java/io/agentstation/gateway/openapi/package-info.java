/** The OpenAPI document against the server: the same operations, the same limits, and every answer as it says. */
@NullMarked
package io.agentstation.gateway.openapi;

import org.jspecify.annotations.NullMarked;
