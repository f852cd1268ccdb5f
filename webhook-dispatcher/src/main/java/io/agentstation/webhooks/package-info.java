/** The webhook dispatcher: the process, its settings and how its parts are put together. */
@NullMarked
package io.agentstation.webhooks;

import org.jspecify.annotations.NullMarked;
