package io.agentstation.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.keys.Grant;
import io.agentstation.store.keys.Role;
import io.agentstation.store.keys.Tier;
import io.agentstation.store.session.StoreUnavailable;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ReportAdmissionTest {

    private static final AgentId AGENT = new AgentId(new UUID(1, 2));
    private static final Caller ITSELF = new Caller.Agent(AGENT);

    private final AtomicLong nanoTime = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();
    private CompletableFuture<Optional<AgentRow>> answer = CompletableFuture.completedFuture(Optional.empty());
    private final AgentStandings standings = new AgentStandings(agent -> {
        reads.incrementAndGet();
        return answer;
    });
    private final ReportAdmission admission = new ReportAdmission(standings, nanoTime::get);

    private static Caller user(String workspace) {
        return new Caller.User("k", Grant.of(WorkspaceId.of(workspace), Role.MEMBER, Tier.FREE), new UUID(0, 1));
    }

    private void row(long sequence, AgentState state, @org.jspecify.annotations.Nullable String desired) {
        answer = CompletableFuture.completedFuture(Optional.of(Events.row(AGENT, sequence, state, desired)));
    }

    private void assertStatus(Caller caller, int status) {
        assertThatThrownBy(() -> admission.admit(caller, AGENT))
                .isInstanceOfSatisfying(
                        RequestRefused.class,
                        refusal -> assertThat(refusal.status().value()).isEqualTo(status));
    }

    @Test
    void aLiveAgentIsAdmittedToItsOwnAndItsWorkspace() {
        // Given
        row(3, AgentState.ACTIVE, null);

        // Then
        assertThat(admission.admit(ITSELF, AGENT)).contains(AgentState.ACTIVE);
        assertThat(admission.admit(user("w"), AGENT)).contains(AgentState.ACTIVE);
        assertThat(reads).as("read once, then known").hasValue(1);
        assertStatus(user("other"), 404);
        assertStatus(new Caller.Agent(new AgentId(new UUID(5, 5))), 404);
    }

    @Test
    void anUnknownAgentIsNotFoundAndNotRemembered() {
        // Given
        assertStatus(ITSELF, 404);

        // When it comes to be
        row(0, AgentState.NEW, null);

        // Then
        assertThat(admission.admit(ITSELF, AGENT)).contains(AgentState.NEW);
    }

    @Test
    void whoIsGoneOrLeavingIsTold() {
        row(6, AgentState.TERMINATED, null);
        assertStatus(ITSELF, 410);
        standings.forget();
        row(3, AgentState.ACTIVE, "TERMINATED");
        assertStatus(ITSELF, 410);
        standings.forget();
        row(3, AgentState.ACTIVE, null);
        assertThat(admission.admit(ITSELF, AGENT)).isPresent();
        admission.endAskedFor(AGENT);
        assertStatus(ITSELF, 410);
    }

    @Test
    void eventsKeepWhatIsKnownUpToDate() {
        // Given
        row(1, AgentState.NEW, null);
        assertThat(admission.admit(ITSELF, AGENT)).contains(AgentState.NEW);

        // When
        standings.apply(Events.event(AGENT, 3, EventType.ACTIVATED, AgentState.ACTIVE, Map.of()));
        standings.apply(Events.event(AGENT, 2, EventType.PROVISIONED, AgentState.PROVISIONED, Map.of()));

        // Then an older event changes nothing
        assertThat(admission.admit(ITSELF, AGENT)).contains(AgentState.ACTIVE);

        // When it drains by request, it is still heard; when it was deleted, not
        standings.apply(Events.event(AGENT, 4, EventType.DRAINING, AgentState.DRAINING, Map.of("reason", "drain")));
        assertThat(admission.admit(ITSELF, AGENT)).contains(AgentState.DRAINING);
        standings.apply(Events.event(AGENT, 5, EventType.DRAINING, AgentState.DRAINING, Map.of("reason", "deleted")));
        assertStatus(ITSELF, 410);
    }

    @Test
    void withoutTheStoreAnAgentIsTakenUnsureAndAKeyIsNot() {
        // Given
        answer = CompletableFuture.failedFuture(new StoreUnavailable("away", new IllegalStateException()));

        // Then
        assertThat(admission.admit(ITSELF, AGENT)).isEmpty();
        assertThatThrownBy(() -> admission.admit(user("w"), AGENT)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void aStoreThatHangsHoldsUpTheFirstOnly() {
        // Given a read that never ends
        answer = new CompletableFuture<>();
        assertThat(admission.admit(ITSELF, AGENT)).isEmpty();

        // When others come
        long before = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(admission.admit(ITSELF, AGENT)).isEmpty();
        }

        // Then they do not wait 300 ms each
        assertThat(System.nanoTime() - before).isLessThan(10_000_000_000L);
    }
}
