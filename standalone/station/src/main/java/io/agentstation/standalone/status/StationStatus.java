package io.agentstation.standalone.status;

import io.agentstation.standalone.directory.DataDirectory;
import io.agentstation.standalone.directory.Endpoints;
import io.agentstation.standalone.directory.RunningStation;
import io.agentstation.standalone.failures.StationFailure;
import io.agentstation.standalone.tls.StationTls;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A running station at a glance.
 *
 * @param lines for people
 * @param isWell whether everything in it works
 */
public record StationStatus(List<String> lines, boolean isWell) {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss XXX").withZone(ZoneId.systemDefault());

    /** Asks the station; takes some seconds when it does not answer. */
    public static StationStatus of(RunningStation station) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("Agent Station runs on " + station.data());
        line(lines, "process", station.process().pid() + since(station.process()));
        Optional<Map<String, String>> endpoints = endpoints(station);
        boolean well = endpoints.isPresent() && parts(station.data(), endpoints.get(), lines);
        if (endpoints.isEmpty()) {
            line(lines, "API", "not there yet: the station is still starting");
        }
        line(lines, "disk", DiskUse.of(station.data()));
        return new StationStatus(List.copyOf(lines), well);
    }

    /** The addresses, unless they are those of an earlier run. */
    private static Optional<Map<String, String>> endpoints(RunningStation station) throws IOException {
        Path file = station.data().resolve(Endpoints.FILE);
        var started = station.process().info().startInstant();
        boolean isOld = started.isPresent()
                && Files.exists(file)
                && Files.getLastModifiedTime(file).toInstant().isBefore(started.get());
        if (isOld || !Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(Endpoints.read(station.data()));
    }

    private static boolean parts(Path data, Map<String, String> endpoints, List<String> lines) throws IOException {
        String url = endpoints.getOrDefault(Endpoints.API, "");
        ApiView api = new ApiView(client(data), url, firstKey(data));
        Optional<JsonNode> health = api.health();
        line(lines, "API", url + (health.isPresent() ? "  answers" : "  does not answer: see ./station logs"));
        health.ifPresent(
                body -> body.path("components").forEachEntry((part, word) -> line(lines, part, word.asString())));
        health.ifPresent(body -> body.path("alarms")
                .forEach(alarm -> line(lines, "alarm", alarm.path("message").asString())));
        line(lines, "cluster", endpoints.getOrDefault(Endpoints.KUBECONFIG, ""));
        api.fleet().ifPresent(fleet -> line(lines, "agents", agents(fleet)));
        return health.map(body -> body.path("status").asString().equals("ok")).orElse(false);
    }

    private static HttpClient client(Path data) throws IOException {
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_WITHIN);
        StationTls.contextOf(data).ifPresent(client::sslContext);
        return client.build();
    }

    private static String firstKey(Path data) {
        Path file = DataDirectory.apiKeyFileOf(data);
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StationFailure(
                    "the first key " + file + " cannot be read: ask as the user who started the station", e);
        }
    }

    private static String agents(JsonNode fleet) {
        String states = fleet.path("states")
                .propertyStream()
                .filter(state -> state.getValue().asLong() > 0)
                .map(state -> state.getValue().asLong() + " " + state.getKey())
                .collect(Collectors.joining(", "));
        long total = fleet.path("total").asLong();
        return states.isEmpty() ? "none" : total + ": " + states;
    }

    private static String since(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(started -> ", since " + TIME.format(started))
                .orElse("");
    }

    private static void line(List<String> lines, String name, String value) {
        lines.add("  %-10s %s".formatted(name, value));
    }
}
