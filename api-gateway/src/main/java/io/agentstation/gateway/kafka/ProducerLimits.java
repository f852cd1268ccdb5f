package io.agentstation.gateway.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.util.unit.DataSize;

/**
 * What one topic's producer may use.
 *
 * @param delivery  how long a record may take from send to acknowledgement, retries included
 * @param linger    how long a batch waits for company
 * @param buffer    memory for records that wait
 * @param inFlight  how many records may wait for their acknowledgement
 */
public record ProducerLimits(Duration delivery, Duration linger, DataSize buffer, int inFlight) {

    /** Short: whoever sends is an HTTP thread. */
    private static final Duration MAX_BLOCK = Duration.ofMillis(500);

    public ProducerLimits {
        if (delivery.compareTo(linger.multipliedBy(2)) <= 0) {
            throw new IllegalArgumentException(
                    "delivery time-out " + delivery + " must be above twice linger " + linger);
        }
        if (inFlight < 1) {
            throw new IllegalArgumentException("records in flight must be at least 1: " + inFlight);
        }
    }

    /** The producer's configuration: durable, in order, without duplicates. */
    Map<String, Object> apply(Map<String, Object> base) {
        Map<String, Object> config = new HashMap<>(base);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, linger.toMillis());
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(delivery.toMillis()));
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(delivery.toMillis() / 2));
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, buffer.toBytes());
        config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        return config;
    }
}
