/** Who owns a name, and which agent an idempotency key made: tables that are only written conditionally. */
@NullMarked
package io.agentstation.store.names;

import org.jspecify.annotations.NullMarked;
