/** Records in: lifecycle events find the subscriptions that ask for them, orders are carried out, poison is put aside. */
@NullMarked
package io.agentstation.webhooks.intake;

import org.jspecify.annotations.NullMarked;
