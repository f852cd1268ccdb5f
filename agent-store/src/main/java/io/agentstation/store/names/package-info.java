/** Who owns a name, and which agent or command an idempotency key led to: tables that are only written conditionally. */
@NullMarked
package io.agentstation.store.names;

import org.jspecify.annotations.NullMarked;
