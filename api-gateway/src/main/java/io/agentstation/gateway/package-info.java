/** The door of a station: HTTP in, records to Kafka out, views read from the store. */
@NullMarked
package io.agentstation.gateway;

import org.jspecify.annotations.NullMarked;
