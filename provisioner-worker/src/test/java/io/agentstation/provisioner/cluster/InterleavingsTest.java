package io.agentstation.provisioner.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.cluster.ModelScript.Logged;
import io.agentstation.provisioner.cluster.ModelWorld.Guard;
import io.agentstation.provisioner.sweep.SweepRules;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The interleavings of two workers that both handle a create and a delete (the owner, and a late zombie that reads the same
 * commands), call by call, up to a number of turns: no object is left, none comes back, no living agent loses one, and whoever
 * wants the name next can have it. The code is the real one, from the command to the single request to the API server.
 */
class InterleavingsTest {

    // Leaks need two; every further one makes it several times longer. The faults profile has one more.
    private static final int SWITCHES = Boolean.getBoolean("faults.full") ? 3 : 2;

    // How many ordinary reads may show what was: one more makes it several times longer, as well.
    private static final int EARLIER = Boolean.getBoolean("faults.full") ? 1 : 0;

    private static final String NAME = "first";
    private static final AgentId AGENT = Samples.AGENT;
    private static final AgentId SUCCESSOR = AgentId.of("019ab000-0000-7000-8000-000000000002");
    private static final Logged CREATE = new Logged(Samples.provision(AGENT, NAME), 0);
    private static final Logged DELETE = new Logged(Samples.deprovision(AGENT), 1);
    private static final Logged KILL = new Logged(Samples.kill(AGENT), 2);
    private static final Logged SUCCEED = new Logged(Samples.provision(SUCCESSOR, NAME), 3);
    private static final Logged SCALE = new Logged(Samples.scale(AGENT, 2), 5);
    private static final Logged BYSTANDER =
            new Logged(Samples.provision(AgentId.of("019ab000-0000-7000-8000-000000000003"), "bystander"), 4);

    // How many may go at once, and after how long without a row, is another test's.
    private static final SweepRules WITHOUT_BOUNDS = new SweepRules(Integer.MAX_VALUE, 1, Duration.ZERO);

    @Test
    void twoCreatesAndTwoDeletesLeakNothing() {
        assertThat(explore(true, 0, 1, List.of(CREATE, DELETE), List.of(CREATE, DELETE)))
                .isEmpty();
    }

    /** The control: check, then act. */
    @Test
    void withoutVerificationObjectsLeak() {
        assertThat(explore(false, 0, List.of(CREATE, DELETE), List.of(CREATE, DELETE)))
                .isNotEmpty()
                .anySatisfy(violation -> assertThat(violation).contains("left of a removed agent"));
    }

    /** An error, an act whose answer is lost, the death of a worker, a row or a name as it was: at each single call. */
    @Test
    void withAFaultAtAnyCallNothingLeaksEither() {
        assertThat(explore(true, 1, List.of(CREATE, DELETE), List.of(CREATE))).isEmpty();
        assertThat(explore(true, 1, List.of(CREATE, DELETE), List.of(DELETE))).isEmpty();
    }

    /** The control: what a worker leaves that dies before it has verified is the sweep's to find. */
    @Test
    void withoutASweepADeadWorkersObjectsStay() {
        ModelExplorer explorer = new ModelExplorer(1, 0, (world, crashed) -> wrong(world, crashed, false));

        Set<String> wrong =
                explorer.explore(new ModelWorld(), workers(true, List.of(CREATE, DELETE), List.of(CREATE)), 1);

        assertThat(wrong).anySatisfy(violation -> assertThat(violation).contains("left of a removed agent"));
    }

    @Test
    void duplicatesAndALateKillLeakNothing() {
        assertThat(explore(true, 0, List.of(CREATE, CREATE, DELETE, CREATE), List.of(DELETE, CREATE)))
                .isEmpty();
        assertThat(explore(true, 0, List.of(CREATE, DELETE, KILL), List.of(CREATE, KILL)))
                .isEmpty();
    }

    /** A scaling that reads its row as it was before the removal; rows are written only upon what they are. */
    @Test
    void aCommandThatReadsAnEarlierRowIsRefusedAndReadsAgain() {
        assertThat(writesOf(Guard.OFFSET_GENERATION_AND_PHASE, List.of(CREATE, DELETE), List.of(SCALE)))
                .isEmpty();
    }

    /** The control: without a compare-and-set an ordinary read is not enough. */
    @Test
    void withoutACompareAndSetAnEarlierRowBringsARemovedAgentBack() {
        assertThat(writesOf(Guard.NOTHING, List.of(CREATE, DELETE), List.of(SCALE)))
                .contains("a removed agent has come back");
    }

    @Test
    void anAgentThatGotNoNameStaysRemovedWhateverAnEarlierRowSays() {
        assertThat(besideTheNamesOwner(Guard.OFFSET_GENERATION_AND_PHASE)).isEmpty();
    }

    /** The control: a row that says REMOVED has the offset and the generation of the one before it. */
    @Test
    void withoutThePhaseInTheCompareAndSetAnAgentThatGotNoNameComesBack() {
        assertThat(besideTheNamesOwner(Guard.OFFSET_AND_GENERATION)).contains("a removed agent has come back");
    }

    private static Set<String> besideTheNamesOwner(Guard guard) {
        ModelWorld world = new ModelWorld(guard);
        new ModelWorker(ModelScript.creating(SUCCEED, NAME), true).runAlone(world);
        return violations(world, List.of(CREATE), List.of(SCALE));
    }

    private static Set<String> writesOf(Guard guard, List<Logged> owner, List<Logged> zombie) {
        return violations(new ModelWorld(guard), owner, zombie);
    }

    private static Set<String> violations(ModelWorld world, List<Logged> owner, List<Logged> zombie) {
        ModelExplorer explorer = new ModelExplorer(SWITCHES, 1 + EARLIER, (end, crashed) -> end.violations);
        Set<String> wrong = explorer.explore(world, workers(true, owner, zombie), 0);
        System.out.println("earlier rows: " + explorer.extent());
        return wrong;
    }

    @Test
    void aSuccessorOfTheSameNameKeepsItsObjectsWhateverAZombieDoes() {
        ModelExplorer explorer = explorer(SWITCHES, EARLIER);
        ModelScript owner = calls -> {
            ModelScript.handling(List.of(CREATE, DELETE)).run(calls);
            ModelScript.creating(SUCCEED, NAME).run(calls);
        };
        ModelScript zombie = ModelScript.handling(List.of(CREATE, DELETE));

        Set<String> wrong = explorer.explore(
                new ModelWorld(), List.of(new ModelWorker(owner, true), new ModelWorker(zombie, true)), 0);

        System.out.println("successor: " + explorer.extent());
        assertThat(wrong).isEmpty();
    }

    @Test
    void aSweepAtAnyMomentTouchesNoLivingAgent() {
        assertThat(sweepBeside(ModelScript.sweeping(WITHOUT_BOUNDS), List.of(CREATE), List.of(CREATE)))
                .isEmpty();
        assertThat(sweepBeside(ModelScript.sweeping(WITHOUT_BOUNDS), List.of(CREATE, DELETE), List.of(CREATE)))
                .isEmpty();
    }

    /** The control: by the rows as they were before the cluster was listed, whatever is made in between is an orphan. */
    @Test
    void aSweepByRowsThatWereReadBeforeDeletesLivingAgents() {
        assertThat(sweepBeside(ModelScript.sweepingByEarlierRows(WITHOUT_BOUNDS), List.of(CREATE), List.of(CREATE)))
                .anySatisfy(violation -> assertThat(violation).contains("living agent"));
    }

    private static Set<String> sweepBeside(ModelScript sweep, List<Logged> owner, List<Logged> zombie) {
        ModelExplorer explorer = new ModelExplorer(SWITCHES, EARLIER, (world, crashed) -> world.violations);
        ModelWorld world = new ModelWorld();
        // A store without any row stops every sweep: that guard is not the one in question.
        new ModelWorker(ModelScript.handling(List.of(BYSTANDER)), true).runAlone(world);
        List<ModelWorker> workers = new ArrayList<>(workers(true, owner, zombie));
        workers.add(new ModelWorker(sweep, true));
        Set<String> wrong = explorer.explore(world, workers, 0);
        System.out.println("sweep: " + explorer.extent());
        return wrong;
    }

    private static Set<String> explore(boolean verifies, int faults, List<Logged> owner, List<Logged> zombie) {
        return explore(verifies, faults, EARLIER, owner, zombie);
    }

    private static Set<String> explore(
            boolean verifies, int faults, int earlier, List<Logged> owner, List<Logged> zombie) {
        ModelExplorer explorer = explorer(faults > 0 ? 1 : SWITCHES, faults > 0 ? 0 : earlier);
        Set<String> wrong = explorer.explore(new ModelWorld(), workers(verifies, owner, zombie), faults);
        System.out.println(
                owner.size() + " and " + zombie.size() + " commands, " + faults + " faults: " + explorer.extent());
        return wrong;
    }

    private static ModelExplorer explorer(int switches, int earlierReads) {
        return new ModelExplorer(switches, earlierReads, (world, crashed) -> wrong(world, crashed, true));
    }

    private static List<ModelWorker> workers(boolean verifies, List<Logged> owner, List<Logged> zombie) {
        return List.of(
                new ModelWorker(ModelScript.handling(owner), verifies),
                new ModelWorker(ModelScript.handling(zombie), verifies));
    }

    /** What is wrong after the partition's next owner has looked at everything, and has swept if a worker died. */
    private static Set<String> wrong(ModelWorld world, boolean crashed, boolean swept) {
        boolean succeeded = world.row(SUCCESSOR).isPresent();
        takeOver(world, succeeded ? List.of(CREATE, DELETE, SUCCEED) : List.of(CREATE, DELETE));
        if (crashed && swept) {
            runAlone(ModelScript.sweeping(WITHOUT_BOUNDS), world);
        }
        Set<String> wrong = new TreeSet<>();
        world.rows.values().forEach(row -> judge(world, row, crashed, wrong));
        // An agent that has ended leaves its name to the next in any case.
        if (!succeeded) {
            runAlone(ModelScript.creating(SUCCEED, NAME), world);
            takeOver(world, List.of(SUCCEED));
            world.row(SUCCESSOR)
                    .ifPresentOrElse(
                            row -> judge(world, row, crashed, wrong),
                            () -> wrong.add("nobody can have the name any more"));
        }
        wrong.addAll(world.violations);
        return wrong;
    }

    private static void takeOver(ModelWorld world, List<Logged> commands) {
        String before;
        do {
            before = world.digest();
            runAlone(ModelScript.takingOver(commands), world);
        } while (!before.equals(world.digest()));
    }

    private static void runAlone(ModelScript script, ModelWorld world) {
        new ModelWorker(script, true).runAlone(world);
        while (world.collectGarbage()) {
            // What is owned by what is owned.
        }
    }

    private static void judge(ModelWorld world, DesiredAgent row, boolean crashed, Set<String> wrong) {
        List<ModelWorld.Thing> its = world.things.stream()
                .filter(thing -> thing.agent().equals(row.agentId()))
                .toList();
        boolean ownsName = row.agentId().equals(world.names.get(NAME));
        if (row.phase() == Phase.RUN) {
            if (its.size() != 2 || !ownsName) {
                wrong.add("a living agent is not complete: " + its + ", owns its name: " + ownsName);
            }
        } else if (row.phase() == Phase.REMOVED) {
            its.forEach(thing -> wrong.add(thing.kind() + " is left of a removed agent"));
            // Only a worker that dies between confirming it and verifying keeps it from being free at once.
            if (ownsName && !crashed) {
                wrong.add("the name of a removed agent is not free");
            }
        } else {
            wrong.add("a removal does not end: " + row.phase() + ", left " + its);
        }
    }
}
