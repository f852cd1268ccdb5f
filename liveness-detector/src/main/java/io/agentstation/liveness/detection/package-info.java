/** One partition's detector without Kafka: facts and ticks in; events, commands and counts out. */
@NullMarked
package io.agentstation.liveness.detection;

import org.jspecify.annotations.NullMarked;
