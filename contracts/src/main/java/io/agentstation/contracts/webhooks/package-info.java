/** What webhooks say, to whom, and where they may be sent; shared by the API that takes subscriptions and the dispatcher. */
@NullMarked
package io.agentstation.contracts.webhooks;

import org.jspecify.annotations.NullMarked;
