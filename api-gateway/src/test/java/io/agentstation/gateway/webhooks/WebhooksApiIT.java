package io.agentstation.gateway.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.webhooks.WebhookOrder;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import io.agentstation.store.secrets.SecretSeal;
import io.agentstation.store.webhooks.DeliveryAttempt;
import io.agentstation.store.webhooks.DeliveryAttempt.Outcome;
import io.agentstation.store.webhooks.DeliveryLog;
import io.agentstation.store.webhooks.HourSums;
import io.agentstation.store.webhooks.WebhookStatistics;
import io.agentstation.store.webhooks.Webhooks;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhooksApiIT {

    private static final String WEBHOOKS = "/api/webhooks";
    private static final String URL = "https://example.com/hook";

    private final Station station = Station.get();
    private final OtherServices others = new OtherServices(station);
    private final WorkspaceId workspace = Station.workspace();
    private final Http user = station.http(workspace);
    private final DeliveryLog log = new DeliveryLog(station.store());

    private UUID create(String fields) {
        Answer created = user.post(WEBHOOKS, "{\"url\":\"" + URL + "\"" + fields + "}");
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        return UUID.fromString(created.body().path("id").asString());
    }

    private static String path(UUID webhook, String rest) {
        return WEBHOOKS + "/" + webhook + rest;
    }

    private List<WebhookOrder> orders(UUID webhook) {
        return others.records(Topic.WEBHOOK_ORDERS).stream()
                .filter(record -> OtherServices.key(record).equals(webhook.toString()))
                .map(record -> Wire.read(record.value(), WebhookOrder.class))
                .toList();
    }

    private DeliveryAttempt logged(UUID webhook, UUID id, @Nullable AgentId agent) {
        DeliveryAttempt attempt = new DeliveryAttempt(
                webhook,
                id,
                "m-1",
                agent == null ? "webhook.test" : "agent.created",
                agent,
                1,
                "{}",
                1,
                Outcome.FAILED,
                500,
                12,
                "oh no",
                "the receiver answered 500",
                null);
        log.write(attempt).toCompletableFuture().join();
        return attempt;
    }

    private static UUID idNow() {
        return new UUID(
                System.currentTimeMillis() << 16 | 0x7000, UUID.randomUUID().getLeastSignificantBits());
    }

    @Test
    void aSubscriptionIsMadeShownChangedAndDeleted() {
        // Given
        Answer created = user.post(
                WEBHOOKS,
                "{\"url\":\"" + URL + "\",\"events\":[\"agent.created\",\"agent.killed\"],"
                        + "\"labels\":{\"team\":\"mail\"},\"description\":\"for mail\"}");
        String secret = created.body().path("secret").asString();
        String one = created.header("Location").orElseThrow();

        // Then
        assertThat(created.status()).isEqualTo(201);
        assertThat(secret).startsWith("whsec_");
        assertThat(user.get(one).body().path("events").toString()).isEqualTo("[\"agent.created\",\"agent.killed\"]");
        assertThat(user.get(one).body().has("secret")).isFalse();
        assertThat(user.get(WEBHOOKS).body()).hasSize(1);

        // And changed, field by field
        Answer changed = user.send("PATCH", one, "{\"enabled\":false,\"labels\":null}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().path("enabled").asBoolean()).isFalse();
        assertThat(changed.body().path("labels")).isEmpty();
        assertThat(changed.body().path("description").asString()).isEqualTo("for mail");

        // And deleted
        assertThat(user.delete(one).status()).isEqualTo(200);
        assertThat(user.get(one).status()).isEqualTo(404);
        assertThat(user.delete(one).status()).isEqualTo(404);
        assertThat(user.get(WEBHOOKS).body()).isEmpty();
    }

    @Test
    void anotherWorkspaceFindsNothing() {
        UUID webhook = create("");
        UUID delivery = idNow();
        logged(webhook, delivery, new AgentId(idNow()));
        Http stranger = station.tenant();

        for (String rest : List.of("", "/deliveries", "/statistics")) {
            assertThat(stranger.get(path(webhook, rest)).status()).as(rest).isEqualTo(404);
        }
        for (String rest : List.of("/rotate", "/test", "/replay", "/deliveries/" + delivery + "/redeliver")) {
            assertThat(stranger.post(path(webhook, rest), "{}").status())
                    .as(rest)
                    .isEqualTo(404);
        }
        assertThat(stranger.send("PATCH", path(webhook, ""), "{}").status()).isEqualTo(404);
        assertThat(stranger.delete(path(webhook, "")).status()).isEqualTo(404);
        assertThat(user.get(path(webhook, "")).status()).isEqualTo(200);
        assertThat(orders(webhook)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|url",
                "{\"url\":7}|url",
                "{\"url\":\"http://example.com\"}|url",
                "{\"url\":\"https://user:pw@example.com\"}|url",
                "{\"url\":\"https://127.0.0.1/\"}|url",
                "{\"url\":\"https://169.254.169.254/latest\"}|url",
                "{\"url\":\"https://example.com\",\"events\":[]}|events",
                "{\"url\":\"https://example.com\",\"events\":\"agent.created\"}|events",
                "{\"url\":\"https://example.com\",\"events\":[\"agent.exploded\"]}|events",
                "{\"url\":\"https://example.com\",\"events\":[7]}|events",
                "{\"url\":\"https://example.com\",\"agent_uuid\":\"x\"}|agent_uuid",
                "{\"url\":\"https://example.com\",\"labels\":[]}|labels",
                "{\"url\":\"https://example.com\",\"labels\":{\"a\":1}}|labels.a",
                "{\"url\":\"https://example.com\",\"description\":1}|description",
                "{\"url\":\"https://example.com\",\"enabled\":\"yes\"}|enabled"
            })
    void badInputIsRefusedByName(String body, String field) {
        Answer refused = user.post(WEBHOOKS, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fields()).containsExactly(field);
        assertThat(user.get(WEBHOOKS).body()).isEmpty();
    }

    @Test
    void aRotationLetsBothSecretsSign() {
        Answer created = user.post(WEBHOOKS, "{\"url\":\"" + URL + "\"}");
        UUID webhook = UUID.fromString(created.body().path("id").asString());

        Answer rotated = user.post(path(webhook, "/rotate"), "");

        assertThat(rotated.status()).isEqualTo(200);
        String secret = rotated.body().at("/webhook/secret").asString();
        assertThat(new Webhooks(station.store(), SecretSeal.ofWebhooks(Station.key()))
                        .find(workspace, webhook)
                        .orElseThrow()
                        .secrets()
                        .inForce(Instant.now().plus(23, ChronoUnit.HOURS)))
                .containsExactly(secret, created.body().path("secret").asString());
    }

    @Test
    void aTestAnswersWithWhatTheDispatcherReports() {
        UUID webhook = create("");

        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> user.post(path(webhook, "/test"), "{}"));
        await().until(() -> orders(webhook).size() == 1);
        WebhookOrder.Test order = (WebhookOrder.Test) orders(webhook).get(0);
        logged(webhook, order.delivery(), null);

        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(answer.join().body().path("status_code").asInt()).isEqualTo(500);
        assertThat(answer.join().body().path("answer").asString()).isEqualTo("oh no");
    }

    @Test
    void deliveriesArePagedNewestFirstAndCanBeOrderedAgain() {
        UUID webhook = create("");
        AgentId agent = new AgentId(idNow());
        UUID old = new UUID((System.currentTimeMillis() - 5_000) << 16 | 0x7000, Long.MIN_VALUE);
        UUID late = idNow();
        logged(webhook, old, agent);
        logged(webhook, late, agent);

        Answer page = user.get(path(webhook, "/deliveries?limit=1"));
        assertThat(page.body().at("/0/id").asString()).isEqualTo(late.toString());
        String link = page.header("Link").orElseThrow();
        Answer next = user.get(link.substring(1, link.indexOf('>')));
        assertThat(next.body().at("/0/id").asString()).isEqualTo(old.toString());
        assertThat(next.body().at("/0/answer").asString()).isEqualTo("oh no");

        Answer ordered = user.post(path(webhook, "/deliveries/" + old + "/redeliver"), "");
        assertThat(ordered.status()).isEqualTo(202);
        await().until(() -> orders(webhook).size() == 1);
        assertThat(((WebhookOrder.Redeliver) orders(webhook).get(0)).delivery()).isEqualTo(old);
        assertThat(user.post(path(webhook, "/deliveries/" + idNow() + "/redeliver"), "")
                        .status())
                .isEqualTo(404);
        assertThat(user.get(path(webhook, "/deliveries?limit=0")).fields()).containsExactly("limit");
        assertThat(user.get(path(webhook, "/deliveries?cursor=x")).fields()).containsExactly("cursor");
    }

    @Test
    void aTestIsNotRedeliveredAndADisabledOneGetsNothing() {
        UUID webhook = create("");
        UUID test = idNow();
        logged(webhook, test, null);

        assertThat(user.post(path(webhook, "/deliveries/" + test + "/redeliver"), "")
                        .status())
                .isEqualTo(409);
        user.send("PATCH", path(webhook, ""), "{\"enabled\":false}");
        assertThat(user.post(path(webhook, "/replay"), "{\"since\":\"2026-11-22T08:00:00Z\"}")
                        .status())
                .isEqualTo(409);
        assertThat(orders(webhook)).isEmpty();
    }

    @Test
    void aReplayIsOrderedForATimeThatIsKept() {
        UUID webhook = create(",\"events\":[\"agent.killed\"]");
        Instant since = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);

        assertThat(user.post(path(webhook, "/replay"), "{\"since\":\"" + since + "\"}")
                        .status())
                .isEqualTo(202);

        await().until(() -> orders(webhook).size() == 1);
        WebhookOrder.Replay order = (WebhookOrder.Replay) orders(webhook).get(0);
        assertThat(order.since()).isEqualTo(since);
        assertThat(order.events()).containsExactly("agent.killed");
        assertThat(replayFields(webhook, "{}")).containsExactly("since");
        assertThat(replayFields(webhook, "{\"since\":\"yesterday\"}")).containsExactly("since");
        assertThat(replayFields(webhook, "{\"since\":\"2020-01-01T00:00:00Z\"}"))
                .containsExactly("since");
        assertThat(replayFields(webhook, "{\"since\":\"" + since + "\",\"until\":\"" + since.minusSeconds(1) + "\"}"))
                .containsExactly("since");
        assertThat(replayFields(webhook, "{\"since\":\"" + since + "\",\"events\":[\"x\"]}"))
                .containsExactly("events");
    }

    private List<String> replayFields(UUID webhook, String body) {
        Answer refused = user.post(path(webhook, "/replay"), body);
        assertThat(refused.status()).isEqualTo(400);
        return refused.fields();
    }

    @Test
    void statisticsAreSummedByHour() {
        UUID webhook = create("");
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        WebhookStatistics statistics = new WebhookStatistics(station.store());
        statistics
                .write(webhook, UUID.randomUUID(), new HourSums(hour, 4, 3, 1, 100, 50))
                .toCompletableFuture()
                .join();
        statistics
                .write(webhook, UUID.randomUUID(), new HourSums(hour.minus(1, ChronoUnit.HOURS), 1, 1, 0, 20, 20))
                .toCompletableFuture()
                .join();

        Answer answer = user.get(path(webhook, "/statistics"));

        assertThat(answer.body().path("total").toString())
                .isEqualTo("{\"attempts\":5,\"delivered\":4,\"failed\":1,\"average_latency_ms\":24,\"slowest_ms\":50}");
        assertThat(answer.body().path("hours")).hasSize(2);
        assertThat(user.get(path(webhook, "/statistics?hours=0")).fields()).containsExactly("hours");
    }

    @Test
    void aWorkspaceHasAtMostFifty() {
        for (int i = 0; i < 50; i++) {
            create("");
        }

        Answer refused = user.post(WEBHOOKS, "{\"url\":\"" + URL + "\"}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("code").asString()).isEqualTo("quota_exceeded");
    }
}
