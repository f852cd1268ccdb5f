/** Requests that a client may send again: by their key each has one id and is done once. */
@NullMarked
package io.agentstation.gateway.idempotency;

import org.jspecify.annotations.NullMarked;
