/** The Kafka Streams topology: bytes in, the partition's detector, bytes out. */
@NullMarked
package io.agentstation.liveness.topology;

import org.jspecify.annotations.NullMarked;
