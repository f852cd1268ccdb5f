package io.agentstation.liveness;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.liveness.topology.ControlTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.streams.KafkaStreams;

/**
 * A negative control as a process: a {@link ControlTopology} run as the detector runs its own, until it is killed. Its
 * application id is its output prefix.
 */
public final class ControlDetector {

    private ControlDetector() {}

    /** Arguments: the control's name, bootstrap servers, the station's key file, output prefix, state directory, partitions. */
    public static void main(String[] arguments) throws IOException {
        ControlTopology control = ControlTopology.valueOf(arguments[0]);
        StationKey key = StationKey.parse(Files.readString(Path.of(arguments[2])));
        String prefix = arguments[3];
        int partitions = Integer.parseInt(arguments[5]);
        Properties properties = properties(arguments[1], prefix, Path.of(arguments[4]));
        KafkaStreams streams = new KafkaStreams(control.build(key, partitions, prefix), properties);
        streams.setUncaughtExceptionHandler(new StreamsFailure());
        streams.start();
    }

    private static Properties properties(String bootstrapServers, String applicationId, Path stateDirectory) {
        DetectorSettings settings = new DetectorSettings(
                applicationId,
                stateDirectory,
                1,
                0,
                Duration.ofSeconds(6),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5));
        return new StreamsConfiguration(
                        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), settings)
                .toProperties();
    }
}
