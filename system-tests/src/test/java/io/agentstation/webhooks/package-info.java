/** A negative control that needs to see the dispatcher's own configuration. */
@NullMarked
package io.agentstation.webhooks;

import org.jspecify.annotations.NullMarked;
