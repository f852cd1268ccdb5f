/** A Kafka broker and a Cassandra node for one machine, each a child process of whoever starts it. */
@NullMarked
package io.agentstation.embedded;

import org.jspecify.annotations.NullMarked;
