package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** kill -9 of the broker, and of Cassandra: the station goes on by itself, and what it accepted is there. */
class AServerThatDiesIsStartedAgainIT {

    private static final Duration AGAIN = Duration.ofMinutes(2);

    @RegisterExtension
    static final OneStation STATION = new OneStation();

    @Test
    void theBroker() throws Exception {
        isStartedAgain("kafka");
    }

    @Test
    void cassandra() throws Exception {
        isStartedAgain("cassandra");
    }

    private static void isStartedAgain(String server) throws Exception {
        // Given
        StationClient client = STATION.client();
        String before = client.create(server + "-before");
        client.awaitState(before, "ACTIVE", Duration.ofSeconds(30));
        String address = STATION.process().endpoints().path(server).asString();
        int said = count(server + " runs again");

        // When
        ProcessHandle child = child(server);
        child.destroyForcibly();
        child.onExit().get(10, TimeUnit.SECONDS);

        // Then
        Awaitility.await(server + " runs again").atMost(AGAIN).until(() -> count(server + " runs again") == said + 1);
        assertThat(STATION.process().console()).contains(server + " ended with exit code 137; it is started again");
        String after = client.create(server + "-after");
        client.awaitState(after, "ACTIVE", AGAIN);
        client.awaitState(before, "ACTIVE", AGAIN);
        assertThat(client.delete("/api/agents/" + before).status()).isIn(200, 202);
        client.awaitState(before, "TERMINATED", AGAIN);
        Awaitility.await("health")
                .atMost(AGAIN)
                .until(() -> client.get("/api/health").body().path("status").asString(), "ok"::equals);
        assertThat(STATION.process().endpoints().path(server).asString()).isEqualTo(address);
        assertThat(child(server).isAlive()).isTrue();
    }

    private static ProcessHandle child(String server) throws IOException {
        Path ready = STATION.data().resolve(server).resolve("ready");
        return ProcessHandle.of(Long.parseLong(Files.readString(ready).strip())).orElseThrow();
    }

    private static int count(String words) {
        return STATION.process().console().split(words, -1).length - 1;
    }
}
