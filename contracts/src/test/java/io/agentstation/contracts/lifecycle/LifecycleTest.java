package io.agentstation.contracts.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.lifecycle.Lifecycle.Edge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LifecycleTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "lifecycle.md");

    @Test
    void everyStateIsReachable() {
        assertThat(reachableFrom(AgentState.NEW)).containsExactlyInAnyOrder(AgentState.values());
    }

    @Test
    void terminalStatesAreFinalAndOnlyThey() {
        for (AgentState state : AgentState.values()) {
            boolean isFinal = Lifecycle.edges().stream().noneMatch(edge -> edge.from() == state);

            assertThat(state.isTerminal()).as("%s", state).isEqualTo(isFinal);
        }
    }

    @Test
    void aRepeatedTriggerIsNoTransition() {
        for (Edge edge : Lifecycle.edges()) {
            assertThat(Lifecycle.next(edge.to(), edge.trigger())).as("%s", edge).isEmpty();
        }
    }

    @Test
    void aStateAndATriggerLeadToOneEdgeOrNone() {
        for (AgentState state : AgentState.values()) {
            for (Trigger trigger : Trigger.values()) {
                List<Edge> edges = Lifecycle.edges().stream()
                        .filter(edge -> edge.from() == state && edge.trigger() == trigger)
                        .toList();

                assertThat(edges).hasSizeLessThan(2);
                assertThat(Lifecycle.next(state, trigger))
                        .isEqualTo(edges.stream().findFirst());
            }
        }
    }

    @Test
    void everyTriggerAndEveryTransitionEventIsUsed() {
        assertThat(Lifecycle.edges()).extracting(Edge::trigger).contains(Trigger.values());
        Set<EventType> transitions = EnumSet.noneOf(EventType.class);
        Lifecycle.edges().forEach(edge -> transitions.add(edge.event()));
        // CREATED has no edge: it has no state to come from.
        transitions.add(EventType.CREATED);
        for (EventType event : EventType.values()) {
            assertThat(transitions.contains(event)).isEqualTo(event.kind() == EventType.Kind.TRANSITION);
        }
    }

    @Test
    void pathsAreLegalForAllPairsAndThereIsOneWhereverThereCanBe() {
        for (AgentState from : AgentState.values()) {
            Set<AgentState> reachable = reachableFrom(from);
            for (AgentState to : AgentState.values()) {
                List<Edge> path = Lifecycle.path(from, to);

                assertThat(path.isEmpty()).as("%s to %s", from, to).isEqualTo(from == to || !reachable.contains(to));
                assertThat(Lifecycle.edges()).containsAll(path);
                assertThat(end(from, path)).contains(path.isEmpty() ? from : to);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = AgentState.class,
            names = {"TERMINATED", "KILLED"})
    void nothingLeadsOutOfATerminalState(AgentState terminal) {
        for (AgentState to : AgentState.values()) {
            assertThat(Lifecycle.path(terminal, to)).isEmpty();
        }
    }

    @Test
    void theDocumentHoldsTheDiagram() throws IOException {
        String document = Files.readString(DOCUMENT);

        assertThat(document).contains("```mermaid\n" + Lifecycle.toMermaid() + "```\n");
    }

    @Test
    void theDocumentExplainsEveryStateAndEvent() throws IOException {
        String document = Files.readString(DOCUMENT);

        for (AgentState state : AgentState.values()) {
            assertThat(document).contains("| `" + state + "` |");
        }
        for (EventType event : EventType.values()) {
            assertThat(document).contains("| `" + event + "` |");
        }
    }

    private static Optional<AgentState> end(AgentState from, List<Edge> path) {
        AgentState state = from;
        for (Edge edge : path) {
            if (edge.from() != state) {
                return Optional.empty();
            }
            state = edge.to();
        }
        return Optional.of(state);
    }

    private static Set<AgentState> reachableFrom(AgentState from) {
        Set<AgentState> reached = EnumSet.of(from);
        Deque<AgentState> frontier = new ArrayDeque<>(reached);
        while (!frontier.isEmpty()) {
            AgentState state = frontier.remove();
            Lifecycle.edges().stream()
                    .filter(edge -> edge.from() == state && reached.add(edge.to()))
                    .forEach(edge -> frontier.add(edge.to()));
        }
        return reached;
    }
}
