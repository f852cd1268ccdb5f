package io.agentstation.store.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.webhooks.WebhookFilter;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import io.agentstation.store.secrets.SecretSeal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class WebhooksIT {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final String SECRET = "whsec_first-of-all";
    private static final WebhookChange WANTED = new WebhookChange(
            "https://example.com/hook",
            new WebhookFilter(Set.of("agent.created", "agent.killed"), TestIds.agent(), Map.of("team", "mail")),
            "for the mail team",
            true);

    private final Webhooks webhooks = new Webhooks(
            TestStore.get(), SecretSeal.ofWebhooks(StationKey.parse(StationKey.format(new byte[StationKey.LENGTH]))));
    private final WebhookHealth health = new WebhookHealth(TestStore.get(), webhooks);
    private final WorkspaceId workspace =
            WorkspaceId.of("w" + UUID.randomUUID().toString().substring(0, 8));
    private final UUID id = TestIds.agent().value();

    private Webhook stored() {
        webhooks.insert(workspace, id, WANTED, NOW, SECRET);
        return webhooks.find(workspace, id).orElseThrow();
    }

    @Test
    void whatIsStoredIsRead() {
        Webhook webhook = stored();

        assertThat(WebhookChange.of(webhook)).isEqualTo(WANTED);
        assertThat(webhook.createdAt()).isEqualTo(NOW);
        assertThat(webhook.secrets().inForce(NOW)).containsExactly(SECRET);
        assertThat(webhooks.of(workspace)).extracting(Webhook::id).containsExactly(id);
    }

    @Test
    void anotherWorkspaceHasNothing() {
        stored();

        assertThat(webhooks.find(WorkspaceId.of("other"), id)).isEmpty();
        assertThat(webhooks.delete(WorkspaceId.of("other"), id)).isFalse();
        assertThat(webhooks.find(workspace, id)).isPresent();
    }

    @Test
    void secretsAreNeitherStoredNorPrintedInClear() {
        Webhook webhook = stored();

        var row = TestStore.session()
                .execute("SELECT secret FROM webhooks WHERE workspace = '" + workspace + "' AND webhook_id = " + id)
                .one();
        byte[] sealed =
                java.util.Objects.requireNonNull(row).getByteBuffer("secret").array();
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("first-of-all");
        assertThat(webhook.toString()).doesNotContain("first-of-all");
    }

    @Test
    void bothSecretsSignUntilTheOldOneEnds() {
        Webhook before = stored();

        assertThat(webhooks.rotate(before, "whsec_second", NOW.plusSeconds(60))).isTrue();

        Webhook after = webhooks.find(workspace, id).orElseThrow();
        assertThat(after.secrets().inForce(NOW.plusSeconds(59))).containsExactly("whsec_second", SECRET);
        assertThat(after.secrets().inForce(NOW.plusSeconds(60))).containsExactly("whsec_second");
    }

    @Test
    void ofTwoRotationsAtOnceOneIsRefused() {
        Webhook before = stored();
        assertThat(webhooks.rotate(before, "whsec_second", NOW)).isTrue();

        assertThat(webhooks.rotate(before, "whsec_third", NOW)).isFalse();

        assertThat(webhooks.find(workspace, id).orElseThrow().secrets().inForce(NOW))
                .containsExactly("whsec_second");
    }

    @Test
    void aLateWriteNeverBringsADeletedOneBack() {
        Webhook before = stored();
        assertThat(webhooks.delete(workspace, id)).isTrue();

        join(health.failingSince(workspace, id, NOW));
        join(health.succeeded(workspace, id, NOW));
        webhooks.disable(workspace, id, "gone");

        assertThat(webhooks.change(before, WANTED)).isFalse();
        assertThat(webhooks.rotate(before, "whsec_second", NOW)).isFalse();
        assertThat(webhooks.find(workspace, id)).isEmpty();
        assertThat(webhooks.of(workspace)).isEmpty();
    }

    @Test
    void whatWasNotedOfAnEndpointWhileItWasDeletedIsNoSubscription() {
        Webhook before = stored();
        assertThat(webhooks.delete(workspace, id)).isTrue();
        TestStore.session()
                .execute("UPDATE webhooks SET last_success_at = 1 WHERE workspace = '" + workspace
                        + "' AND webhook_id = " + id);

        assertThat(webhooks.find(workspace, id)).isEmpty();
        assertThat(webhooks.findAsync(workspace, id).toCompletableFuture().join())
                .isEmpty();
        assertThat(webhooks.of(workspace)).isEmpty();
        assertThat(webhooks.change(before, WANTED)).isFalse();
        assertThat(webhooks.delete(workspace, id)).isFalse();
    }

    @Test
    void howAnEndpointDoesIsNoted() {
        stored();

        join(health.failingSince(workspace, id, NOW));
        assertThat(webhooks.find(workspace, id).orElseThrow().failingSince()).isEqualTo(NOW);
        join(health.succeeded(workspace, id, NOW.plusSeconds(1)));

        Webhook after = webhooks.find(workspace, id).orElseThrow();
        assertThat(after.failingSince()).isNull();
        assertThat(after.lastSuccessAt()).isEqualTo(NOW.plusSeconds(1));
    }

    private static void join(CompletionStage<?> stage) {
        stage.toCompletableFuture().join();
    }

    @Test
    void enablingForgetsWhyAndHowLong() {
        stored();
        join(health.failingSince(workspace, id, NOW));
        webhooks.disable(workspace, id, "it answered 410");
        Webhook disabled = webhooks.find(workspace, id).orElseThrow();
        assertThat(disabled.enabled()).isFalse();
        assertThat(disabled.disabledReason()).isEqualTo("it answered 410");
        assertThat(disabled.failingSince()).isEqualTo(NOW);

        assertThat(webhooks.change(disabled, WANTED)).isTrue();

        Webhook enabled = webhooks.find(workspace, id).orElseThrow();
        assertThat(enabled.enabled()).isTrue();
        assertThat(enabled.disabledReason()).isNull();
        assertThat(enabled.failingSince()).isNull();
    }

    @Test
    void twoChangesOfDifferentFieldsAtATimeBothStay() {
        Webhook before = stored();
        WebhookFilter anybody = new WebhookFilter(WANTED.filter().events(), null, Map.of());
        webhooks.disable(workspace, id, "it answered 410");

        assertThat(webhooks.change(before, new WebhookChange(WANTED.url(), WANTED.filter(), "other", true)))
                .isTrue();
        assertThat(webhooks.change(
                        before,
                        new WebhookChange("https://example.com/new", anybody, WANTED.description(), WANTED.enabled())))
                .isTrue();

        Webhook after = webhooks.find(workspace, id).orElseThrow();
        assertThat(WebhookChange.of(after))
                .isEqualTo(new WebhookChange("https://example.com/new", anybody, "other", false));
        assertThat(after.disabledReason()).isEqualTo("it answered 410");
        // Control: of two changes of the same field the later one stays.
        webhooks.change(before, new WebhookChange(WANTED.url(), WANTED.filter(), "third", true));
        assertThat(webhooks.find(workspace, id).orElseThrow().description()).isEqualTo("third");
    }
}
