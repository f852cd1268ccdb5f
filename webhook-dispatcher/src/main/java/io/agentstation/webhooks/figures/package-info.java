/** What the dispatcher tells about itself; for people and alarms, never for a decision. */
@NullMarked
package io.agentstation.webhooks.figures;

import org.jspecify.annotations.NullMarked;
