/** Requests made from the OpenAPI document by a seed, valid, nearly valid and hostile: no input breaks the gateway. */
@NullMarked
package io.agentstation.gateway.fuzz;

import org.jspecify.annotations.NullMarked;
