package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What an agent's containers print, and what the cluster says of it, through a whole station. */
class LogsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final OneStation STATION = new OneStation();

    private final StationClient client = STATION.client();

    @Test
    void theLogsOfAllReplicasComeInOneOrder() {
        String uuid = client.create("printing", ",\"replicas\":2");
        client.awaitState(uuid, "ACTIVE", PATIENCE);

        awaitAsserted(() -> assertThat(pods(logs(uuid, ""))).hasSize(2));
        List<JsonNode> lines = logs(uuid, "");

        assertThat(lines).extracting(line -> line.at("/message").asString()).anyMatch(text -> text.contains(uuid));
        assertThat(lines)
                .extracting(line -> Instant.parse(line.at("/timestamp").asString()))
                .isSorted();
        assertThat(logs(uuid, "?lines=1")).isEqualTo(lines.subList(lines.size() - 1, lines.size()));
        assertThat(logs(uuid, "?since=2100-01-01T00:00:00Z")).isEmpty();
        assertThat(logs(uuid, "?since=1h")).isNotEmpty();
        client.delete("/api/agents/" + uuid);
    }

    @Test
    void theRunThatFailedIsThereAndTheClusterSaysWhy() {
        String uuid = client.create("crashing", ",\"image\":\"simulate/crash-loop\"");

        awaitAsserted(() -> assertThat(logs(uuid, "").stream()
                        .map(line -> line.at("/restart").asInt())
                        .collect(Collectors.toSet()))
                .hasSizeGreaterThan(1));
        JsonNode found = client.get("/api/agents/" + uuid + "/kubernetes").body();

        assertThat(found.at("/deployment").asString()).isEqualTo("crashing");
        assertThat(found.at("/pods/0/node").asString("")).isNotEmpty();
        assertThat(found.at("/pods/0/containers/0/exit_code").asInt()).isEqualTo(1);
        assertThat(found.at("/pods/0/containers/0/restarts").asInt()).isPositive();
        awaitAsserted(() -> assertThat(client.get("/api/agents/" + uuid + "/kubernetes")
                        .body()
                        .at("/events")
                        .valueStream()
                        .map(event -> event.at("/reason").asString()))
                .contains("BackOff"));
        client.delete("/api/agents/" + uuid);
    }

    @Test
    void aFollowedLogGoesOnAcrossReplicasAndRestartsUntilTheAgentEnds() {
        String uuid = client.create("followed");
        client.awaitState(uuid, "ACTIVE", PATIENCE);
        List<String> events = new CopyOnWriteArrayList<>();
        Thread reader = follow(uuid, events);

        awaitAsserted(() -> assertThat(podsOf(events)).hasSize(1));
        client.post("/api/agents/" + uuid + "/scale", "{\"replicas\":2}");
        awaitAsserted(() -> assertThat(podsOf(events)).hasSize(2));
        client.post("/api/agents/" + uuid + "/restart", "");
        awaitAsserted(() -> assertThat(podsOf(events)).hasSize(4));
        // Longer than any time-out of a single request on the way.
        Instant quiet = Instant.now();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Instant.now().isAfter(quiet.plusSeconds(12)) && events.contains(": nothing new"));
        assertThat(reader.isAlive()).isTrue();
        client.delete("/api/agents/" + uuid);

        awaitAsserted(() -> assertThat(events).contains("event: end"));
        assertThat(events.stream().filter(line -> line.startsWith("id: ")))
                .as("no line twice")
                .doesNotHaveDuplicates();
    }

    @Test
    void badParametersAndForeignAgentsAreRefused() {
        String uuid = client.create("private", ",\"image\":\"simulate/silent\"");
        String path = "/api/agents/" + uuid + "/logs";

        for (String query : List.of("?lines=-1", "?lines=5001", "?lines=x", "?since=yesterday", "?follow=maybe")) {
            assertThat(client.get(path + query).status()).as(query).isEqualTo(400);
        }
        assertThat(client.get("/api/agents/0190a5c0-0000-7000-8000-000000000001/logs")
                        .status())
                .isEqualTo(404);
        assertThat(client.get("/api/agents/x/kubernetes").status()).isEqualTo(404);
        client.delete("/api/agents/" + uuid);
    }

    private List<JsonNode> logs(String uuid, String query) {
        return client.get("/api/agents/" + uuid + "/logs" + query)
                .body()
                .at("/logs")
                .valueStream()
                .toList();
    }

    private static Set<String> pods(List<JsonNode> lines) {
        return lines.stream().map(line -> line.at("/pod").asString()).collect(Collectors.toSet());
    }

    private static Set<String> podsOf(List<String> events) {
        return events.stream()
                .filter(line -> line.startsWith("data: {\"timestamp\""))
                .map(line -> Wire.mapper()
                        .readTree(line.substring("data: ".length()))
                        .at("/pod")
                        .asString())
                .collect(Collectors.toSet());
    }

    /** Reads the stream line by line in a thread of its own. */
    private static Thread follow(String uuid, List<String> into) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(STATION.process().url() + "/api/agents/" + uuid + "/logs?follow=true"))
                .header("Authorization", "Bearer " + STATION.process().key())
                .build();
        Thread reader = new Thread(() -> {
            try (InputStream body = HttpClient.newHttpClient()
                            .send(request, BodyHandlers.ofInputStream())
                            .body();
                    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    into.add(line);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private static void awaitAsserted(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
    }
}
