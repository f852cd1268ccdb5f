package io.agentstation.gateway.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.webhooks.WebhookOrder;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.ApiGateway;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import io.agentstation.store.secrets.SecretSeal;
import io.agentstation.store.webhooks.DeliveryAttempt;
import io.agentstation.store.webhooks.DeliveryAttempt.Outcome;
import io.agentstation.store.webhooks.DeliveryLog;
import io.agentstation.store.webhooks.Webhooks;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** By its {@code Idempotency-Key} every mutation is one, however often it is sent; without one, each is another. */
final class WebhookRequestsSentTwiceIT {

    private static final String WEBHOOKS = "/api/webhooks";
    private static final String BODY = "{\"url\":\"https://example.com/hook\"}";
    private static final String KEY = "Idempotency-Key";

    private final Station station = Station.get();
    private final OtherServices others = new OtherServices(station);
    private final WorkspaceId workspace = Station.workspace();
    private final Http user = station.http(workspace);
    private final DeliveryLog log = new DeliveryLog(station.store());

    private Answer create(String... headers) {
        Answer created = user.post(WEBHOOKS, BODY, headers);
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        return created;
    }

    private String path() {
        return WEBHOOKS + "/" + create().body().path("id").asString();
    }

    private static UUID idOf(String path) {
        return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    }

    private List<String> inForce(UUID webhook) {
        return new Webhooks(station.store(), SecretSeal.ofWebhooks(Station.key()))
                .find(workspace, webhook)
                .orElseThrow()
                .secrets()
                .inForce(Instant.now());
    }

    private List<WebhookOrder> orders(UUID webhook) {
        return others.records(Topic.WEBHOOK_ORDERS).stream()
                .filter(record -> OtherServices.key(record).equals(webhook.toString()))
                .map(record -> Wire.read(record.value(), WebhookOrder.class))
                .toList();
    }

    private void logged(UUID webhook, UUID id, @Nullable AgentId agent) {
        log.write(new DeliveryAttempt(
                        webhook,
                        id,
                        "m-1",
                        "agent.created",
                        agent,
                        1,
                        "{}",
                        1,
                        Outcome.DELIVERED,
                        200,
                        12,
                        "",
                        null,
                        null))
                .toCompletableFuture()
                .join();
    }

    private static UUID idNow() {
        return new UUID(
                System.currentTimeMillis() << 16 | 0x7000, UUID.randomUUID().getLeastSignificantBits());
    }

    @Test
    void aCreateMakesOneAndAnswersTheSame() {
        Answer first = create(KEY, "k-1");
        Answer again = create(KEY, "k-1");

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.body().path("secret").asString()).startsWith("whsec_");
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(user.get(WEBHOOKS).body()).hasSize(1);
        // Control: without the key it is another one, with another secret.
        assertThat(create().body().path("secret")).isNotEqualTo(first.body().path("secret"));
        assertThat(user.get(WEBHOOKS).body()).hasSize(2);
    }

    @Test
    void twoAtATimeMakeOneWithOneSecret() {
        List<CompletableFuture<Answer>> both = List.of(
                CompletableFuture.supplyAsync(() -> create(KEY, "k-1")),
                CompletableFuture.supplyAsync(() -> create(KEY, "k-1")));

        assertThat(both.get(0).join().body()).isEqualTo(both.get(1).join().body());
        assertThat(user.get(WEBHOOKS).body()).hasSize(1);
    }

    @Test
    void anotherGatewayKnowsTheRequestAndWhatCameOfIt() {
        try (ConfigurableApplicationContext second = ApiGateway.start(Station.properties(station.bootstrapServers()))) {
            Http there = new Http(Station.port(second), user.credential());
            Answer made = create(KEY, "k-1");
            String one = WEBHOOKS + "/" + made.body().path("id").asString();

            assertThat(there.post(WEBHOOKS, BODY, KEY, "k-1").body()).isEqualTo(made.body());
            assertThat(there.post(one + "/rotate", "", KEY, "k-2").body())
                    .isEqualTo(user.post(one + "/rotate", "", KEY, "k-2").body());
            assertThat(there.delete(one, KEY, "k-3").status()).isEqualTo(200);
            assertThat(user.delete(one, KEY, "k-3").status()).isEqualTo(200);
            assertThat(there.get(WEBHOOKS).body()).isEmpty();
        }
    }

    @Test
    void aKeyStandsForOneRequest() {
        String one = WEBHOOKS + "/" + create(KEY, "k-1").body().path("id").asString();

        Answer other = user.post(WEBHOOKS, "{\"url\":\"https://example.com/other\"}", KEY, "k-1");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body().path("code").asString()).isEqualTo("idempotency_key_reused");
        assertThat(user.post(one + "/rotate", "", KEY, "k-1").status()).isEqualTo(422);
        assertThat(user.delete(one, KEY, "k-1").status()).isEqualTo(422);
        assertThat(user.post(WEBHOOKS, BODY, KEY, "not well-formed").status()).isEqualTo(400);
        assertThat(user.get(WEBHOOKS).body()).hasSize(1);
    }

    @Test
    void aSecretThatSignsNoMoreIsNotShownAgainAndADeletedOneIsNotMadeAgain() {
        String one = WEBHOOKS + "/" + create(KEY, "k-1").body().path("id").asString();

        user.post(one + "/rotate", "");
        assertThat(create(KEY, "k-1").body().has("secret")).isFalse();
        user.delete(one);

        Answer gone = user.post(WEBHOOKS, BODY, KEY, "k-1");
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.body().path("code").asString()).isEqualTo("webhook_gone");
        assertThat(user.get(WEBHOOKS).body()).isEmpty();
    }

    @Test
    void aRotationRotatesOnce() {
        Answer created = create();
        String original = created.body().path("secret").asString();
        String one = WEBHOOKS + "/" + created.body().path("id").asString();

        Answer first = user.post(one + "/rotate", "", KEY, "k-2");
        Answer again = user.post(one + "/rotate", "", KEY, "k-2");

        assertThat(again.body()).isEqualTo(first.body());
        String secret = again.body().at("/webhook/secret").asString();
        assertThat(inForce(idOf(one))).containsExactly(secret, original);
        // Control: without the key it rotates again, and the original signs no more.
        user.post(one + "/rotate", "");
        assertThat(inForce(idOf(one))).hasSize(2).doesNotContain(original);
    }

    @Test
    void aTestSendsOneExample() {
        String one = path();
        CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> user.post(one + "/test", "", KEY, "k-3"));
        await().until(() -> orders(idOf(one)).size() == 1);
        logged(idOf(one), ((WebhookOrder.Test) orders(idOf(one)).get(0)).delivery(), null);

        Answer again = user.post(one + "/test", "", KEY, "k-3");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.join().body());
        assertThat(orders(idOf(one))).hasSize(1);
    }

    @Test
    void aRedeliveryAndAReplayAreOrderedOnce() {
        String one = path();
        UUID delivery = idNow();
        logged(idOf(one), delivery, new AgentId(idNow()));
        String redeliver = one + "/deliveries/" + delivery + "/redeliver";
        String since = "{\"since\":\"" + Instant.now().minusSeconds(60) + "\"}";

        for (int i = 0; i < 2; i++) {
            assertThat(user.post(redeliver, "", KEY, "k-4").status()).isEqualTo(202);
            assertThat(user.post(one + "/replay", since, KEY, "k-5").status()).isEqualTo(202);
        }
        await().until(() -> orders(idOf(one)).size() == 2);
        assertThat(user.post(redeliver, "", KEY, "k-4").body().path("order_id").asString())
                .isEqualTo(((WebhookOrder.Redeliver) orders(idOf(one)).get(0))
                        .order()
                        .toString());

        // Control: without the key it is ordered again, which is the third order and not the fifth or sixth.
        assertThat(user.post(redeliver, "").status()).isEqualTo(202);
        await().until(() -> orders(idOf(one)).size() == 3);
    }

    @Test
    void aRepeatedChangeDoesNotUndoWhatCameAfterIt() {
        String one = path();
        String off = "{\"enabled\":false}";

        user.send("PATCH", one, off, KEY, "k-6");
        user.send("PATCH", one, "{\"enabled\":true}");
        assertThat(user.send("PATCH", one, off, KEY, "k-6")
                        .body()
                        .path("enabled")
                        .asBoolean())
                .isTrue();
        // Control.
        assertThat(user.send("PATCH", one, off).body().path("enabled").asBoolean())
                .isFalse();
    }

    @Test
    void aRepeatedDeletionIsOneThatWorked() {
        String one = path();

        assertThat(user.delete(one, KEY, "k-7").status()).isEqualTo(200);
        assertThat(user.delete(one, KEY, "k-7").status()).isEqualTo(200);
        assertThat(user.delete(one).status()).isEqualTo(404);
        assertThat(user.delete(one, KEY, "k-8").status()).isEqualTo(404);
    }

    @Test
    void deliveriesAreFilteredAndPagesOfThemGoOn() {
        String one = path();
        AgentId agent = new AgentId(idNow());
        for (int i = 0; i < 5; i++) {
            logged(idOf(one), idNow(), i % 2 == 0 ? agent : new AgentId(idNow()));
        }

        String wanted = one + "/deliveries?limit=2&agent_uuid=" + agent + "&event=agent.created&outcome=delivered";
        Answer page = user.get(wanted);
        String link = page.header("Link").orElseThrow();
        Answer next = user.get(link.substring(1, link.indexOf('>')));

        assertThat(page.body()).hasSize(2);
        assertThat(next.body()).hasSize(1);
        assertThat(next.header("Link")).isEmpty();
        assertThat(user.get(one + "/deliveries?outcome=failed").body()).isEmpty();
        assertThat(user.get(one + "/deliveries?event=agent.killed").body()).isEmpty();
        assertThat(user.get(one + "/deliveries?outcome=fine&event=x&agent_uuid=y")
                        .fields())
                .containsExactlyInAnyOrder("outcome", "event", "agent_uuid");
    }
}
