package io.agentstation.telemetry;

import io.agentstation.telemetry.streams.BoundedRocks;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How Kafka Streams is run.
 *
 * @param kafka          {@code spring.kafka.*}: where the brokers are and how to speak to them
 * @param applicationId  names its group, changelogs and transactions: a new one forgets everything
 * @param commitInterval how often the state is committed and what has changed is published
 */
record StreamsProperties(
        Map<String, Object> kafka, String applicationId, StreamsSettings streams, Duration commitInterval) {

    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofMillis(1_500);
    // A transaction lasts from one commit to the next; after a kill -9 its readers wait for as long as this at most.
    private static final Duration BEYOND_COMMIT = Duration.ofSeconds(10);
    // The windows' changelogs are deleted so much later than the windows themselves; the default is a day, and a start
    // reads what is there.
    private static final Duration CHANGELOG_BEYOND_WINDOW = Duration.ofHours(1);
    // Of all stores together: what changes several times between two commits is written and published once.
    private static final long CACHE_BYTES = 16L << 20;
    private static final Duration PROBING_INTERVAL = Duration.ofMinutes(1);

    Properties toProperties() {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, streams.threads());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        // Topics of one task are read in the order of their append times. 0 waits for what the brokers have and the
        // buffer has not; it does not wait for what is still to be written.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0L);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocks.class.getName());
        properties.put(
                StreamsConfig.WINDOW_STORE_CHANGE_LOG_ADDITIONAL_RETENTION_MS_CONFIG,
                CHANGELOG_BEYOND_WINDOW.toMillis());
        properties.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_INTERVAL.toMillis());
        if (streams.stateDir() != null) {
            properties.put(StreamsConfig.STATE_DIR_CONFIG, streams.stateDir().toString());
        }
        properties.putAll(Map.of(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                Math.toIntExact(SESSION_TIMEOUT.toMillis()),
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                Math.toIntExact(HEARTBEAT_INTERVAL.toMillis()),
                StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
                "earliest",
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                Math.toIntExact(commitInterval.plus(BEYOND_COMMIT).toMillis())));
        return properties;
    }
}
