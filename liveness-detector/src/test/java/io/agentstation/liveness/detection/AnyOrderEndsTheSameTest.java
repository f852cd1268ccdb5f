package io.agentstation.liveness.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Lifecycle;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.observations.Observation.Cause;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three topics have no order among them: every permutation of an agent's records must end in the same state. */
class AnyOrderEndsTheSameTest {

    private static final Story STORY = Story.of(1);

    /** Records of one life, each with its own offset and time, and the state that they must end in. */
    record Scenario(String name, AgentState end, Set<EventType> outcomes, List<Consumer<Partition>> records) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(
                new Scenario("created", AgentState.NEW, Set.of(), List.of(provision())),
                new Scenario(
                        "active", AgentState.ACTIVE, Set.of(), List.of(provision(), applied(), beat(30), beat(60))),
                new Scenario(
                        "changed",
                        AgentState.ACTIVE,
                        Set.of(EventType.UPDATED, EventType.SCALED, EventType.PROVISIONING_FAILED),
                        List.of(
                                provision(),
                                applied(),
                                beat(30),
                                command(1, 40, STORY.update("update")),
                                observed(41, STORY.applied("update", Operation.UPDATE, 1)),
                                command(2, 50, STORY.scale("scale", 3)),
                                observed(51, STORY.failed("scale", Operation.SCALE, "quota")),
                                observed(52, STORY.applied("scale", Operation.SCALE, 3)))),
                new Scenario(
                        "drained and resumed",
                        AgentState.ACTIVE,
                        Set.of(),
                        List.of(
                                provision(),
                                applied(),
                                beat(30),
                                command(1, 40, STORY.drain(120)),
                                command(2, 50, STORY.resume()),
                                beat(60))),
                new Scenario(
                        "resumed and drained",
                        AgentState.DRAINING,
                        Set.of(),
                        List.of(
                                provision(),
                                applied(),
                                beat(30),
                                command(1, 40, STORY.resume()),
                                command(2, 50, STORY.drain(120)),
                                beat(60))),
                new Scenario(
                        "drained, resumed, deleted",
                        AgentState.TERMINATED,
                        Set.of(),
                        List.of(
                                provision(),
                                applied(),
                                beat(30),
                                command(1, 40, STORY.drain(120)),
                                command(2, 50, STORY.resume()),
                                command(3, 60, STORY.deprovision()),
                                observed(70, STORY.removed("deprovision", Cause.DELETED)))),
                new Scenario(
                        "resumed after delete",
                        AgentState.DRAINING,
                        Set.of(),
                        List.of(
                                provision(),
                                applied(),
                                beat(30),
                                command(1, 40, STORY.deprovision()),
                                command(2, 50, STORY.resume()))),
                new Scenario(
                        "killed",
                        AgentState.KILLED,
                        Set.of(),
                        List.of(
                                provision(),
                                applied(),
                                beat(30),
                                command(1, 40, STORY.deprovision()),
                                command(2, 50, STORY.kill()),
                                observed(60, STORY.removed("kill", Cause.KILLED)),
                                beat(70))),
                new Scenario(
                        "drained by itself",
                        AgentState.TERMINATED,
                        Set.of(),
                        List.of(
                                provision(),
                                applied(),
                                beat(30),
                                command(1, 40, STORY.drain(120)),
                                command(2, 50, STORY.drained()),
                                observed(60, STORY.removed("drained", Cause.DELETED)))),
                new Scenario(
                        "name taken",
                        AgentState.TERMINATED,
                        Set.of(),
                        List.of(provision(), observed(5, STORY.removed("provision", Cause.NAME_TAKEN)), beat(30))));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void endsInTheSameStateOverALegalPath(Scenario scenario) {
        permutations(scenario.records, records -> {
            Partition partition = new Partition();

            records.forEach(record -> record.accept(partition));

            assertLegal(partition.events);
            assertThat(partition.last().toState()).isEqualTo(scenario.end);
            if (!scenario.end.isTerminal()) {
                assertThat(partition.events)
                        .filteredOn(event -> event.event().kind() == EventType.Kind.OUTCOME)
                        .extracting(LifecycleEvent::event)
                        .containsExactlyInAnyOrderElementsOf(scenario.outcomes);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aRepeatedRecordChangesNothing(Scenario scenario) {
        Partition partition = new Partition();
        for (int read = 0; read < scenario.records.size(); read++) {
            scenario.records.get(read).accept(partition);
            List<LifecycleEvent> before = List.copyOf(partition.events);

            scenario.records.subList(0, read + 1).forEach(record -> record.accept(partition));

            assertThat(partition.events).isEqualTo(before);
        }
    }

    /** Commands have an order among themselves, which decides what the end of a drain ends. */
    @Test
    void theEndOfADrainEndsTheDrainThatStandsBeforeItInTheLog() {
        Map<AgentState, List<Consumer<Partition>>> commands = Map.of(
                AgentState.DRAINING, List.of(command(1, 40, STORY.drain(120)), command(2, 50, STORY.drained())),
                AgentState.ACTIVE,
                        List.of(
                                command(1, 40, STORY.drain(120)),
                                command(2, 50, STORY.resume()),
                                command(3, 60, STORY.drained())));
        commands.forEach((end, inOrder) -> {
            List<Consumer<Partition>> all = new ArrayList<>(List.of(provision()));
            all.addAll(inOrder);
            all.addAll(List.of(applied(), beat(30)));
            permutations(all, records -> {
                boolean asInTheLog =
                        isSorted(inOrder.stream().map(records::indexOf).toList());
                if (asInTheLog) {
                    Partition partition = new Partition();
                    records.forEach(record -> record.accept(partition));
                    assertLegal(partition.events);
                    assertThat(partition.last().toState()).isEqualTo(end);
                }
            });
        });
    }

    private static boolean isSorted(List<Integer> numbers) {
        return numbers.equals(numbers.stream().sorted().toList());
    }

    // Negative control: the assertions above must notice a detector that follows arrival order.
    @Test
    void arrivalOrderWouldEndDifferently() {
        List<Consumer<Partition>> byArrival = List.of(
                provision(),
                applied(),
                beat(30),
                partition -> partition.command(STORY.resume(), 50),
                partition -> partition.command(STORY.drain(120), 40));
        Set<AgentState> ends = new HashSet<>();

        permutations(byArrival, records -> {
            Partition partition = new Partition();
            records.forEach(record -> record.accept(partition));
            ends.add(partition.last().toState());
        });

        assertThat(ends).hasSizeGreaterThan(1);
    }

    private static void assertLegal(List<LifecycleEvent> events) {
        AgentState state = null;
        long sequence = 0;
        for (LifecycleEvent event : events) {
            assertThat(event.sequence()).isEqualTo(++sequence);
            assertThat(event.id()).isEqualTo(LifecycleEvent.idOf(STORY.agent(), sequence));
            assertThat(event.fromState()).isEqualTo(state);
            assertThat(state == null || !state.isTerminal()).isTrue();
            assertThat(isLegal(state, event)).as("%s", event).isTrue();
            state = event.toState();
        }
    }

    private static boolean isLegal(@Nullable AgentState from, LifecycleEvent event) {
        if (from == null) {
            return event.event() == EventType.CREATED && event.toState() == AgentState.NEW;
        }
        if (event.event().kind() != EventType.Kind.TRANSITION) {
            return event.toState() == from;
        }
        return Lifecycle.edges().stream()
                .anyMatch(edge -> edge.from() == from && edge.to() == event.toState() && edge.event() == event.event());
    }

    private static void permutations(List<Consumer<Partition>> records, Consumer<List<Consumer<Partition>>> check) {
        permute(new ArrayList<>(records), 0, check);
    }

    private static void permute(
            List<Consumer<Partition>> records, int from, Consumer<List<Consumer<Partition>>> check) {
        if (from == records.size()) {
            check.accept(records);
        }
        for (int i = from; i < records.size(); i++) {
            Collections.swap(records, from, i);
            permute(records, from + 1, check);
            Collections.swap(records, from, i);
        }
    }

    private static Consumer<Partition> provision() {
        return command(0, 10, STORY.provision());
    }

    private static Consumer<Partition> applied() {
        return observed(20, STORY.applied());
    }

    private static Consumer<Partition> beat(long atMs) {
        return partition -> partition.beat(STORY, HeartbeatMode.IDLE, atMs);
    }

    private static Consumer<Partition> command(
            long offset, long atMs, io.agentstation.contracts.commands.AgentCommand command) {
        return partition -> partition.command(command, offset, atMs);
    }

    private static Consumer<Partition> observed(
            long atMs, io.agentstation.contracts.observations.Observation observation) {
        return partition -> partition.observation(observation, atMs);
    }
}
