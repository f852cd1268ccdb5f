package io.agentstation.liveness;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How Kafka Streams is run.
 *
 * @param kafka    {@code spring.kafka.*}: where the brokers are and how to speak to them
 * @param detector how the detector runs
 */
record StreamsConfiguration(Map<String, Object> kafka, DetectorSettings detector) {

    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofMillis(500);
    // The stores are in memory, so a killed instance's transaction is not fenced by its successor; it has to time out
    // before the session does (docs/adr/0007).
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(3);
    // How often Streams looks whether a new instance has read enough to be given partitions; the least that it takes
    // (its default is ten minutes, KIP-441).
    private static final Duration PROBING_INTERVAL = Duration.ofMinutes(1);
    private static final int LINGER_MS = 5;
    // Only the mark that brings about a write before each commit goes through a cache (topology.CommitHook).
    private static final long CACHE_BYTES = 1_000_000;

    Properties toProperties() {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, detector.applicationId());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, detector.threads());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis());
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0L);
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, detector.standbyReplicas());
        properties.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_INTERVAL.toMillis());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        if (detector.stateDir() != null) {
            properties.put(StreamsConfig.STATE_DIR_CONFIG, detector.stateDir().toString());
        }
        properties.putAll(clients());
        return properties;
    }

    private Map<String, Object> clients() {
        Map<String, Object> clients = new HashMap<>();
        clients.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                Math.toIntExact(detector.sessionTimeout().toMillis()));
        clients.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                Math.toIntExact(HEARTBEAT_INTERVAL.toMillis()));
        clients.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        clients.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                Math.toIntExact(TRANSACTION_TIMEOUT.toMillis()));
        clients.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MS);
        return clients;
    }
}
