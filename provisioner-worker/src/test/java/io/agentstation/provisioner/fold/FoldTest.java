package io.agentstation.provisioner.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.agents.SpecPatch;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.provisioner.fold.Decision.Advance;
import io.agentstation.provisioner.fold.Decision.NoChange;
import io.agentstation.provisioner.fold.Decision.Rejected;
import io.agentstation.provisioner.fold.Decision.Repeat;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FoldTest {

    private static final long PROVISIONED_AT = 10;

    private static final Map<Operation, AgentCommand> COMMANDS = Map.of(
            Operation.PROVISION, Samples.provision(Samples.AGENT, "again"),
            Operation.UPDATE, Samples.image(Samples.AGENT, "example/other:1"),
            Operation.SCALE, Samples.scale(Samples.AGENT, 3),
            Operation.RESTART, Samples.restart(Samples.AGENT),
            Operation.DRAIN, Samples.drain(Samples.AGENT),
            Operation.RESUME, Samples.resume(Samples.AGENT),
            Operation.DEPROVISION, Samples.deprovision(Samples.AGENT),
            Operation.KILL, Samples.kill(Samples.AGENT));

    /** For each phase, what each operation comes to: a phase when it advances, else the kind of decision. */
    static Stream<Arguments> table() {
        return Stream.of(
                        row(Phase.RUN, "NoChange", "RUN", "RUN", "RUN", "DRAIN", "NoChange", "DELETE", "KILL"),
                        row(Phase.DRAIN, "NoChange", "DRAIN", "DRAIN", "DRAIN", "NoChange", "RUN", "DELETE", "KILL"),
                        row(
                                Phase.DELETE,
                                "Rejected",
                                "Rejected",
                                "Rejected",
                                "Rejected",
                                "Rejected",
                                "Rejected",
                                "Repeat",
                                "KILL"),
                        row(
                                Phase.KILL,
                                "Rejected",
                                "Rejected",
                                "Rejected",
                                "Rejected",
                                "Rejected",
                                "Rejected",
                                "Repeat",
                                "Repeat"),
                        row(
                                Phase.REMOVED,
                                "Rejected",
                                "Rejected",
                                "Rejected",
                                "Rejected",
                                "Rejected",
                                "Rejected",
                                "Repeat",
                                "Repeat"))
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> row(Phase phase, String... expected) {
        return Stream.of(Operation.values())
                .map(operation -> Arguments.of(
                        phase, operation, expected[List.of(Operation.values()).indexOf(operation)]));
    }

    @ParameterizedTest(name = "{1} in phase {0}: {2}")
    @MethodSource("table")
    void everyOperationInEveryPhase(Phase phase, Operation operation, String expected) {
        DesiredAgent agent = inPhase(phase);

        Decision decision = Fold.next(Optional.of(agent), command(operation), 1, agent.appliedOffset() + 5);

        assertThat(kind(decision)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{1} in phase {0}")
    @MethodSource("table")
    void whatIsFoldedInAlreadyOnlyRepeats(Phase phase, Operation operation, String unused) {
        DesiredAgent agent = inPhase(phase);

        Decision decision = Fold.next(Optional.of(agent), command(operation), 1, agent.appliedOffset());

        assertThat(decision).isEqualTo(new Repeat(agent));
    }

    @Test
    void onlyProvisionMakesAnAgent() {
        COMMANDS.forEach((operation, command) -> {
            Decision decision = Fold.next(Optional.empty(), command, 1, 4);

            assertThat(decision).isInstanceOf(operation == Operation.PROVISION ? Advance.class : Rejected.class);
        });
    }

    @Test
    void theFirstGenerationIsOne() {
        DesiredAgent first = provisioned();

        assertThat(first.generation()).isEqualTo(1);
        assertThat(first.appliedOffset()).isEqualTo(PROVISIONED_AT);
        assertThat(first.phase()).isEqualTo(Phase.RUN);
        assertThat(first.restartGeneration()).isZero();
    }

    @Test
    void everyAdvanceNamesItsCommandAndCountsTheGeneration() {
        AgentCommand scale = Samples.scale(Samples.AGENT, 4);

        DesiredAgent next = advanced(Fold.next(Optional.of(provisioned()), scale, 1, 17));

        assertThat(next.generation()).isEqualTo(2);
        assertThat(next.appliedOffset()).isEqualTo(17);
        assertThat(next.commandId()).isEqualTo(scale.commandId());
        assertThat(next.operation()).isEqualTo(Operation.SCALE);
        assertThat(next.spec().replicas()).isEqualTo(4);
    }

    @Test
    void anUpdateChangesOnlyWhatItNames() {
        DesiredAgent next =
                advanced(Fold.next(Optional.of(provisioned()), Samples.image(Samples.AGENT, "example/other:1"), 1, 17));

        assertThat(next.spec().image()).isEqualTo("example/other:1");
        assertThat(next.spec().name()).isEqualTo("first");
        assertThat(next.spec().replicas()).isEqualTo(1);
    }

    @Test
    void aRestartIsRememberedByLaterGenerations() {
        DesiredAgent restarted = advanced(Fold.next(Optional.of(provisioned()), Samples.restart(Samples.AGENT), 1, 17));
        DesiredAgent scaled = advanced(Fold.next(Optional.of(restarted), Samples.scale(Samples.AGENT, 2), 1, 18));

        assertThat(restarted.restartGeneration()).isEqualTo(2);
        assertThat(scaled.restartGeneration()).isEqualTo(2);
        assertThat(scaled.generation()).isEqualTo(3);
    }

    @Test
    void aPolicyIsPartOfTheSpecificationAndChangesNothingElseOfIt() {
        UnhealthyPolicy restart = new UnhealthyPolicy(UnhealthyPolicy.Action.RESTART, 3);
        DesiredAgent before = advanced(Fold.next(Optional.of(provisioned()), Samples.restart(Samples.AGENT), 1, 17));

        DesiredAgent next = advanced(Fold.next(Optional.of(before), Samples.policy(Samples.AGENT, restart), 1, 18));

        assertThat(next.spec()).isEqualTo(before.spec().patched(SpecPatch.onUnhealthy(restart)));
        assertThat(next.spec().onUnhealthy()).isEqualTo(restart);
        assertThat(next.phase()).isEqualTo(before.phase());
        assertThat(next.restartGeneration()).isEqualTo(before.restartGeneration());
        assertThat(Fold.next(Optional.of(next), Samples.policy(Samples.AGENT, restart), 1, 19))
                .isInstanceOf(NoChange.class);
    }

    @Test
    void theEndOfADrainEndsOnlyADrain() {
        AgentCommand end = AgentCommand.Deprovision.afterDrain(
                Samples.deprovision(Samples.AGENT).meta());

        assertThat(Fold.next(Optional.of(inPhase(Phase.RUN)), end, 1, 17)).isInstanceOf(NoChange.class);
        assertThat(advanced(Fold.next(Optional.of(inPhase(Phase.DRAIN)), end, 1, 17))
                        .phase())
                .isEqualTo(Phase.DELETE);
    }

    @Test
    void theNewestCommandOnceMoreAtAnotherPlaceOnlyRepeats() {
        AgentCommand restart = Samples.restart(Samples.AGENT);
        DesiredAgent once = advanced(Fold.next(Optional.of(provisioned()), restart, 1, 17));

        assertThat(Fold.next(Optional.of(once), restart, 1, 18)).isEqualTo(new Repeat(once));
        // Negative control: another restart at the same place is one more.
        assertThat(advanced(Fold.next(Optional.of(once), Samples.restart(Samples.AGENT), 1, 18))
                        .restartGeneration())
                .isGreaterThan(once.restartGeneration());
    }

    @Test
    void whatNoLongerFitsIsRejected() {
        DesiredAgent smaller =
                advanced(Fold.next(Optional.of(provisioned()), Samples.resources(Samples.AGENT, null, "200m"), 1, 17));

        Decision decision = Fold.next(Optional.of(smaller), Samples.resources(Samples.AGENT, "500m", null), 1, 18);

        assertThat(decision)
                .isEqualTo(new Rejected("The update does not fit what the agent is now:"
                        + " cpu_request cannot exceed cpu_limit: 500m > 200m"));
    }

    @Test
    void askingForWhatIsChangesNothing() {
        DesiredAgent agent = provisioned();

        assertThat(Fold.next(Optional.of(agent), Samples.scale(Samples.AGENT, 1), 1, 17))
                .isInstanceOf(NoChange.class);
        assertThat(Fold.next(
                        Optional.of(agent),
                        Samples.image(Samples.AGENT, agent.spec().image()),
                        1,
                        17))
                .isInstanceOf(NoChange.class);
    }

    private static AgentCommand command(Operation operation) {
        return Objects.requireNonNull(COMMANDS.get(operation));
    }

    private static DesiredAgent provisioned() {
        return advanced(Fold.next(Optional.empty(), Samples.provision(Samples.AGENT, "first"), 1, PROVISIONED_AT));
    }

    private static DesiredAgent inPhase(Phase phase) {
        DesiredAgent live = provisioned();
        return switch (phase) {
            case RUN -> live;
            case DRAIN -> advanced(Fold.next(Optional.of(live), Samples.drain(Samples.AGENT), 1, 11));
            case DELETE -> advanced(Fold.next(Optional.of(live), Samples.deprovision(Samples.AGENT), 1, 11));
            case KILL -> advanced(Fold.next(Optional.of(live), Samples.kill(Samples.AGENT), 1, 11));
            case REMOVED -> Fold.removed(inPhase(Phase.DELETE));
        };
    }

    private static DesiredAgent advanced(Decision decision) {
        assertThat(decision).isInstanceOf(Advance.class);
        return ((Advance) decision).next();
    }

    private static String kind(Decision decision) {
        return decision instanceof Advance advance
                ? advance.next().phase().name()
                : decision.getClass().getSimpleName();
    }
}
