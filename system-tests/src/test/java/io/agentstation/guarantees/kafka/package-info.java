/** What a person who runs Kafka can see and do. */
@NullMarked
package io.agentstation.guarantees.kafka;

import org.jspecify.annotations.NullMarked;
