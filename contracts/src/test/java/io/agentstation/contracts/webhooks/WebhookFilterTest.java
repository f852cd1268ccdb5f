package io.agentstation.contracts.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebhookFilterTest {

    private static final AgentId AGENT = AgentId.of("0190a5c0-0000-7000-8000-000000000001");
    private static final AgentId OTHER = AgentId.of("0190a5c0-0000-7000-8000-000000000002");

    private static LifecycleEvent event(EventType type) {
        return new LifecycleEvent(
                LifecycleEvent.idOf(AGENT, 4),
                AGENT,
                WorkspaceId.of("acme"),
                "my-agent",
                4,
                type,
                AgentState.ACTIVE,
                AgentState.ACTIVE,
                Health.HEALTHY,
                null,
                "system",
                Instant.EPOCH,
                Map.of("to_state", "hidden?", "reason", "because"));
    }

    @Test
    void onlyTheNamedEventsConcern() {
        WebhookFilter filter = new WebhookFilter(Set.of("agent.unhealthy"), null, Map.of());

        assertThat(filter.concerns(event(EventType.UNHEALTHY))).isTrue();
        assertThat(filter.concerns(event(EventType.RECOVERED))).isFalse();
    }

    @Test
    void theStarIsEveryEventThatIsSent() {
        WebhookFilter filter = new WebhookFilter(Set.of("*"), null, Map.of());

        assertThat(java.util.Arrays.stream(EventType.values()).filter(type -> !filter.concerns(event(type))))
                .containsExactlyInAnyOrder(EventType.REJECTED, EventType.NO_CHANGE);
        assertThat(WebhookEvents.all())
                .hasSize(13)
                .contains("agent.created", "agent.provisioning_failed", "agent.restarted");
    }

    @Test
    void anotherAgentDoesNotConcern() {
        assertThat(new WebhookFilter(Set.of("*"), AGENT, Map.of()).concerns(event(EventType.SCALED)))
                .isTrue();
        assertThat(new WebhookFilter(Set.of("*"), OTHER, Map.of()).concerns(event(EventType.SCALED)))
                .isFalse();
    }

    @Test
    void everyLabelMustBeThere() {
        WebhookFilter filter = new WebhookFilter(Set.of("*"), null, Map.of("team", "mail", "tier", "gold"));

        assertThat(filter.asksForLabels()).isTrue();
        assertThat(filter.accepts(Map.of("team", "mail", "tier", "gold", "more", "x")))
                .isTrue();
        assertThat(filter.accepts(Map.of("team", "mail"))).isFalse();
        assertThat(filter.accepts(Map.of("team", "mail", "tier", "lead"))).isFalse();
    }

    @Test
    void whatAnEventSaysOfItselfNeverHidesTheDocumentedFields() {
        assertThat(WebhookBody.of(event(EventType.UNHEALTHY), 0).data())
                .containsEntry("to_state", "ACTIVE")
                .containsEntry("reason", "because");
    }
}
