package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.webhooks.WebhookBody;
import io.agentstation.guarantees.webhooks.FlakyReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** I8 with a whole station: a receiver is told an agent's life in order, also when the station is killed in the middle. */
class WebhooksTellALifeIT {

    private static final List<String> LIFE =
            List.of("agent.created", "agent.provisioned", "agent.activated", "agent.terminated");
    private static final String[] TO_THIS_MACHINE = {
        "--set", "station.webhooks.allow-http=true",
        "--set", "station.webhooks.allow-private-addresses=true",
        "--set", "station.webhooks.retry-waits=200ms,200ms,200ms,200ms,200ms,200ms,200ms,200ms,200ms,200ms,1h"
    };

    @TempDir
    private Path directory;

    @Test
    void aLifeIsToldInOrderAlsoAcrossAKill() throws Exception {
        Path data = directory.resolve("data");
        try (FlakyReceiver receiver = new FlakyReceiver(0.3)) {
            JsonNode webhook;
            String first;
            String second;
            try (StationProcess station = StationProcess.up(data, TO_THIS_MACHINE)) {
                // Given
                StationClient client = station.client();
                webhook = client.post("/api/webhooks", subscription(receiver.url()))
                        .body();
                assertThat(webhook.at("/secret").asString()).startsWith("whsec_");
                receiver.verifyWith(webhook.at("/secret").asString());
                // When one agent lives and goes, and the station is killed while another comes
                first = client.create("told-first");
                client.awaitState(first, "ACTIVE", Duration.ofSeconds(30));
                client.delete("/api/agents/" + first);
                second = client.create("told-second");
                station.kill();
            }
            try (StationProcess station = StationProcess.up(data, TO_THIS_MACHINE)) {
                StationClient client = station.client();
                client.awaitState(second, "ACTIVE", Duration.ofSeconds(60));
                client.delete("/api/agents/" + second);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> told(receiver, first).size() == 4
                                && told(receiver, second).size() == 4);

                // Then
                assertThat(told(receiver, first)).isEqualTo(LIFE);
                assertThat(told(receiver, second)).isEqualTo(LIFE);
                assertThat(receiver.doubtful()).isEmpty();
                String id = webhook.at("/id").asString();
                JsonNode log = client.get("/api/webhooks/" + id + "/deliveries").body();
                // A line and the lane's progress are written side by side: a kill may take the last lines with it.
                assertThat(log.valueStream()
                                .filter(delivery ->
                                        delivery.at("/outcome").asString().equals("delivered"))
                                .count())
                        .isBetween(4L, (long) receiver.count());
                StationClient.Answer test = client.post("/api/webhooks/" + id + "/test", "{}");
                assertThat(test.status()).isEqualTo(200);
                assertThat(test.body().at("/status_code").asInt()).isIn(204, 500);
            }
        }
    }

    private static String subscription(String url) {
        return "{\"url\":\"" + url + "\",\"events\":[\"agent.created\",\"agent.provisioned\",\"agent.activated\","
                + "\"agent.terminated\"]}";
    }

    private static List<String> told(FlakyReceiver receiver, String agent) {
        return receiver.unique().stream()
                .filter(body -> body.agentUuid().toString().equals(agent))
                .map(WebhookBody::event)
                .toList();
    }
}
