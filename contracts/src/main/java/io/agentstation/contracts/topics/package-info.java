/** The Kafka topics, declared once, and how a key finds its partition. */
@NullMarked
package io.agentstation.contracts.topics;

import org.jspecify.annotations.NullMarked;
