/** How this gateway writes to topics and follows them. */
@NullMarked
package io.agentstation.gateway.kafka;

import org.jspecify.annotations.NullMarked;
