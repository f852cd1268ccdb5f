package io.agentstation.agent;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** An agent's settings from environment variables, as the provisioner puts them into every container. */
public final class AgentEnvironment {

    /** The Station's base URL. */
    public static final String URL = "STATION_URL";

    /** The agent's uuid. */
    public static final String AGENT_ID = "STATION_AGENT_ID";

    /** The agent's token itself. */
    public static final String TOKEN = "STATION_AGENT_TOKEN";

    /** The file that holds the token; comes before {@link #TOKEN}. */
    public static final String TOKEN_FILE = "STATION_AGENT_TOKEN_FILE";

    /** EMERGENCY, IDLE or SLEEP, in either case; IDLE when absent. */
    public static final String MODE = "STATION_HEARTBEAT_MODE";

    /** A port of the pod: the agent speaks for whatever listens there, and is silent while nothing does. */
    public static final String WATCH_PORT = "STATION_WATCH_PORT";

    /** {@code sidecar} in a container for which another of its pod reports. */
    public static final String HEARTBEATS = "STATION_HEARTBEATS";

    private static final int LAST_PORT = 65_535;
    private static final String BY_SIDECAR = "sidecar";

    private final Map<String, String> variables;

    /** The variables are read by the call that needs them, so that the first missing one is named. */
    public AgentEnvironment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** Whether the environment asks for reporting at all. */
    public boolean namesStation() {
        return !variables.getOrDefault(URL, "").isBlank();
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException when a variable is missing or wrong; the message names it, never the token
     */
    public AgentSettings settings() {
        return AgentSettings.of(URI.create(required(URL)), AgentId.of(required(AGENT_ID)), token(), mode());
    }

    /**
     * The port to watch; empty for a program that speaks for itself.
     *
     * @throws IllegalArgumentException when it is no port
     */
    public OptionalInt watchPort() {
        String port = variables.getOrDefault(WATCH_PORT, "").strip();
        if (port.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > LAST_PORT) {
            throw new IllegalArgumentException(WATCH_PORT + " must be a port, 1 to " + LAST_PORT + ": " + port);
        }
        return OptionalInt.of(Integer.parseInt(port));
    }

    /** Whether another container of the pod reports, so that this one does not. */
    public boolean reportsBySidecar() {
        return BY_SIDECAR.equals(variables.get(HEARTBEATS)) && watchPort().isEmpty();
    }

    private String token() {
        String file = variables.get(TOKEN_FILE);
        return file == null || file.isBlank() ? required(TOKEN) : read(Path.of(file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("the token file cannot be read: " + file, e);
        }
    }

    private HeartbeatMode mode() {
        String mode = variables.getOrDefault(MODE, HeartbeatMode.IDLE.name()).toUpperCase(Locale.ROOT);
        return Arrays.stream(HeartbeatMode.values())
                .filter(known -> known.name().equals(mode))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        MODE + " must be one of " + Arrays.toString(HeartbeatMode.values()) + ": " + mode));
    }

    private String required(String name) {
        @Nullable String value = variables.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value.strip();
    }
}
