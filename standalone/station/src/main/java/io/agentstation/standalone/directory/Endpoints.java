package io.agentstation.standalone.directory;

import io.agentstation.contracts.wire.Wire;
import io.agentstation.standalone.failures.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** The file in which a running station names its addresses. */
public final class Endpoints {

    /** Its name in the data directory. */
    public static final String FILE = "endpoints.json";

    /** Where the API answers. */
    public static final String API = "api";

    /** Kafka's bootstrap address. */
    public static final String KAFKA = "kafka";

    /** Cassandra's contact point. */
    public static final String CASSANDRA = "cassandra";

    /** The file that names the cluster. */
    public static final String KUBECONFIG = "kubeconfig";

    /** Where a simulated cluster serves the agents' hosts. */
    public static final String INGRESS = "ingress";

    /** A service's name with this behind it: where its metrics are. */
    public static final String METRICS_SUFFIX = "-metrics";

    private Endpoints() {}

    static String format(Map<String, String> endpoints) {
        return Wire.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(new TreeMap<>(endpoints)) + "\n";
    }

    /**
     * Reads the addresses of the station on this directory.
     *
     * @throws StationFailure when there are none
     */
    public static Map<String, String> read(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            return Wire.mapper().readValue(Files.readString(file), new TypeReference<Map<String, String>>() {});
        } catch (IOException | JacksonException e) {
            throw new StationFailure("no station has run on " + directory + ": " + file + " cannot be read", e);
        }
    }
}
