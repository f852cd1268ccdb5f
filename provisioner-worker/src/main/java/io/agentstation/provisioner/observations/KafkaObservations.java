package io.agentstation.provisioner.observations;

import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

/** Observations through one idempotent producer that waits for all replicas. Thread-safe. */
public final class KafkaObservations implements Observations {

    private final KafkaTemplate<String, byte[]> kafka;
    private final Duration wait;

    /**
     * Through this template.
     *
     * @param wait longer than the producer's delivery time-out, which decides
     */
    public KafkaObservations(KafkaTemplate<String, byte[]> kafka, Duration wait) {
        this.kafka = kafka;
        this.wait = wait;
    }

    @Override
    public void publish(Observation observation) {
        try {
            kafka.send(Topic.OBSERVATIONS.topicName(), observation.agentId().toString(), Wire.write(observation))
                    .get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException
                | TimeoutException
                | KafkaException
                // What the template makes of a send that has failed when it returns, as without the topic's metadata.
                | org.springframework.kafka.KafkaException e) {
            throw unavailable(observation, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(observation, e);
        }
    }

    private static ObservationsUnavailable unavailable(Observation observation, Exception cause) {
        return new ObservationsUnavailable(
                "Kafka has not acknowledged " + observation.getClass().getSimpleName() + " of agent "
                        + observation.agentId(),
                cause);
    }
}
