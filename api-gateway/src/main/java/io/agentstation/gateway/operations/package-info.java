/** What can be asked of an agent after its creation: update, scale, restart, drain, resume, kill; each once per idempotency key. */
@NullMarked
package io.agentstation.gateway.operations;

import org.jspecify.annotations.NullMarked;
