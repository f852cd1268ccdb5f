/** Observations out, to Kafka. */
@NullMarked
package io.agentstation.provisioner.observations;

import org.jspecify.annotations.NullMarked;
