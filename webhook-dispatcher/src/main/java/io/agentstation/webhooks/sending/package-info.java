/** One attempt: a signed request over a connection that leads nowhere it must not. */
@NullMarked
package io.agentstation.webhooks.sending;

import org.jspecify.annotations.NullMarked;
