package io.agentstation.benchmarks.liveness;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What one process does: reads so many heartbeats, writes its figures, and ends.
 *
 * @param brokerPid  the broker's process id, whose processor time is measured beside
 * @param directory  for its files; the figures will be in {@code figures.properties}
 * @param heartbeats how many there are to read
 */
record SideTask(Side side, String bootstrapServers, long brokerPid, Path directory, long heartbeats) {

    static SideTask parse(String... arguments) {
        return new SideTask(
                Side.valueOf(arguments[0]),
                arguments[1],
                Long.parseLong(arguments[2]),
                Path.of(arguments[3]),
                Long.parseLong(arguments[4]));
    }

    List<String> arguments() {
        return List.of(
                side.name(),
                bootstrapServers,
                Long.toString(brokerPid),
                directory.toString(),
                Long.toString(heartbeats));
    }

    /** The detector's own settings for Kafka Streams ({@code StreamsConfiguration}), whichever the side. */
    Properties streamsProperties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, side.applicationId());
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, directory.resolve("state").toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100L);
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0L);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 1_000_000L);
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 500);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 3_000);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        return properties;
    }
}
