package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The checker sees what it is there to see. */
class InvariantsBiteTest {

    private static final AgentId AGENT = new AgentId(new UUID(0x7000, 1L << 63));
    private static final LifecycleEvent CREATED = event(1, EventType.CREATED, null, AgentState.NEW);
    private static final LifecycleEvent PROVISIONED =
            event(2, EventType.PROVISIONED, AgentState.NEW, AgentState.PROVISIONED);
    private static final LifecycleEvent ENDED =
            event(3, EventType.TERMINATED, AgentState.PROVISIONED, AgentState.TERMINATED);

    @Test
    void aLegalLifePasses() {
        assertThatCode(() -> Invariants.aLegalLife(AGENT, List.of(CREATED, PROVISIONED, ENDED)))
                .doesNotThrowAnyException();
    }

    @Test
    void anEventThatIsMissing() {
        refuses(CREATED, ENDED);
    }

    @Test
    void anEventTwice() {
        refuses(CREATED, PROVISIONED, PROVISIONED);
    }

    @Test
    void anEdgeThatIsNotInTheTable() {
        refuses(CREATED, event(2, EventType.ACTIVATED, AgentState.NEW, AgentState.ACTIVE));
    }

    @Test
    void anEventAfterTheEnd() {
        refuses(
                CREATED,
                PROVISIONED,
                ENDED,
                event(4, EventType.UNHEALTHY, AgentState.TERMINATED, AgentState.TERMINATED));
    }

    @Test
    void aStateThatTheEventBeforeDidNotLeave() {
        refuses(CREATED, event(2, EventType.TERMINATED, AgentState.PROVISIONED, AgentState.TERMINATED));
    }

    private static void refuses(LifecycleEvent... life) {
        assertThatThrownBy(() -> Invariants.aLegalLife(AGENT, List.of(life))).isInstanceOf(AssertionError.class);
    }

    private static LifecycleEvent event(long sequence, EventType type, @Nullable AgentState from, AgentState to) {
        return new LifecycleEvent(
                LifecycleEvent.idOf(AGENT, sequence),
                AGENT,
                new WorkspaceId("w"),
                "name",
                sequence,
                type,
                from,
                to,
                Health.UNKNOWN,
                null,
                "system",
                Instant.EPOCH,
                Map.of());
    }
}
