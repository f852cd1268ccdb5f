/** What each subscription gets about each agent, one after another: tried at once, or stored and tried again for days. */
@NullMarked
package io.agentstation.webhooks.lanes;

import org.jspecify.annotations.NullMarked;
