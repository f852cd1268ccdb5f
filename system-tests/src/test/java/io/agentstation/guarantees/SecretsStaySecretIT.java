package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** I10: secrets never appear in Kafka, logs, answers, or in clear in Cassandra. */
class SecretsStaySecretIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String IN_AN_ENVIRONMENT = "canary-5d41402abc4b2a76b9719d911017c592";
    private static final String IN_AN_UPDATE = "canary-7d793037a0760186574b0282f2f435e7";

    @RegisterExtension
    static final OneStation STATION = new OneStation();

    private final StationClient client = STATION.client();

    @Test
    void plantedSecretsAreFoundNowhere() throws IOException {
        // Given secrets of every kind, used in every way
        String agent = client.create("canary-bird", ",\"env\":{\"TOKEN\":\"" + IN_AN_ENVIRONMENT + "\"}");
        client.awaitState(agent, "ACTIVE", PATIENCE);
        client.send("PATCH", "/api/agents/" + agent, "{\"env\":{\"TOKEN\":\"" + IN_AN_UPDATE + "\"}}");
        JsonNode made = client.post("/api/keys", "{\"name\":\"canary\",\"tier\":\"unlimited\"}")
                .body();
        String made1 = made.path("key").asString();
        String keyPath = "/api/keys/" + made.path("key_id").asString();
        String made2 = client.post(keyPath + "/rotate", "").body().path("key").asString();
        JsonNode webhook = client.post("/api/webhooks", "{\"url\":\"https://hooks.example.com/canary\"}")
                .body();
        String first = Files.readString(STATION.data().resolve("api-key")).strip();
        String token = AgentToken.of(
                StationKey.parse(Files.readString(STATION.data().resolve("station-key"))), AgentId.of(agent));
        StationClient holder = client.withKey(made2);
        assertThat(holder.get("/api/agents/" + agent).status()).isEqualTo(200);
        // What people do by mistake: a key in a path, in a query, as a name, and one that is closed already
        client.delete("/api/keys/" + made1);
        client.get("/api/agents?token=" + made1);
        client.post("/api/agents", "{\"name\":\"" + made1 + "\"}");
        client.delete(keyPath);
        Awaitility.await("the key is closed")
                .atMost(Duration.ofSeconds(5))
                .until(() -> holder.get("/api/fleet").status() == 401);
        Awaitility.await("the audit log is written")
                .atMost(PATIENCE)
                .until(() -> client.get("/api/audit").body().toString().contains("DELETE /api/keys/{key_id}"));

        // When everything that was written or answered is searched
        List<String> secrets = List.of(
                IN_AN_ENVIRONMENT,
                IN_AN_UPDATE,
                secretOf(made1),
                secretOf(made2),
                secretOf(first),
                token,
                webhook.path("secret").asString());
        assertThat(secrets).doesNotContain("");

        // Then the search finds what is no secret, and no secret
        assertThat(holding("kafka", "canary-bird")).isNotEmpty();
        assertThat(holding("cassandra", "canary-bird")).isNotEmpty();
        assertThat(files("logs")).isNotEmpty();
        for (String secret : secrets) {
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes(secret));
            for (String place : List.of("kafka", "cassandra", "logs")) {
                assertThat(holding(place, secret)).as("%s in %s", secret, place).isEmpty();
                assertThat(holding(place, encoded))
                        .as("%s in base64 in %s", secret, place)
                        .isEmpty();
            }
            for (String answer : List.of(
                    "/api/agents",
                    "/api/agents/" + agent,
                    "/api/agents/" + agent + "/events",
                    "/api/keys",
                    keyPath,
                    "/api/webhooks",
                    "/api/audit?limit=1000",
                    "/api/audit?limit=1000&scope=station")) {
                assertThat(client.get(answer).body().toString()).as(answer).doesNotContain(secret);
            }
        }
    }

    private static String secretOf(String key) {
        return key.substring(key.lastIndexOf('_') + 1);
    }

    private static List<Path> holding(String place, String text) throws IOException {
        return files(place).stream().filter(file -> contains(file, text)).toList();
    }

    private static List<Path> files(String place) throws IOException {
        try (Stream<Path> all = Files.walk(STATION.data().resolve(place))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    // Every byte is one character, so that text is found among what is no text.
    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (NoSuchFileException e) {
            // Compacted or rotated away meanwhile.
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
