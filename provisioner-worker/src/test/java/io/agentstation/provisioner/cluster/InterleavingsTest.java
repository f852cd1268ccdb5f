package io.agentstation.provisioner.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.cluster.ModelScript.Logged;
import io.agentstation.provisioner.sweep.SweepRules;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The interleavings of two workers that both handle a create and a delete (the owner, and a late zombie that reads the same
 * commands), call by call, up to a number of turns: no object is left, none comes back, no living agent loses one. The code is the real one, from the
 * command to the single request to the API server.
 */
class InterleavingsTest {

    // Leaks need two; every further one makes it several times longer. With 100 there is no bound.
    private static final int SWITCHES = Integer.getInteger("station.test.switches", 2);

    private static final String NAME = "first";
    private static final AgentId AGENT = Samples.AGENT;
    private static final AgentId SUCCESSOR = AgentId.of("019ab000-0000-7000-8000-000000000002");
    private static final Logged CREATE = new Logged(Samples.provision(AGENT, NAME), 0);
    private static final Logged DELETE = new Logged(Samples.deprovision(AGENT), 1);
    private static final Logged KILL = new Logged(Samples.kill(AGENT), 2);
    private static final Logged SUCCEED = new Logged(Samples.provision(SUCCESSOR, NAME), 3);
    private static final SweepRules SWEEP = new SweepRules(20, 0.1, Duration.ZERO);

    @Test
    void twoCreatesAndTwoDeletesLeakNothing() {
        assertThat(explore(true, 0, List.of(CREATE, DELETE), List.of(CREATE, DELETE)))
                .isEmpty();
    }

    /** The control: check, then act. */
    @Test
    void withoutVerificationObjectsLeak() {
        assertThat(explore(false, 0, List.of(CREATE, DELETE), List.of(CREATE, DELETE)))
                .isNotEmpty()
                .anySatisfy(violation -> assertThat(violation).contains("left of a removed agent"));
    }

    @Test
    void withAFaultAtAnyCallNothingLeaksEither() {
        assertThat(explore(true, 1, List.of(CREATE, DELETE), List.of(CREATE))).isEmpty();
        assertThat(explore(true, 1, List.of(CREATE, DELETE), List.of(DELETE))).isEmpty();
    }

    @Test
    void duplicatesAndALateKillLeakNothing() {
        assertThat(explore(true, 0, List.of(CREATE, CREATE, DELETE, CREATE), List.of(DELETE, CREATE)))
                .isEmpty();
        assertThat(explore(true, 0, List.of(CREATE, DELETE, KILL), List.of(CREATE, KILL)))
                .isEmpty();
    }

    @Test
    void aSuccessorOfTheSameNameKeepsItsObjectsWhateverAZombieDoes() {
        ModelExplorer explorer = new ModelExplorer(SWITCHES, InterleavingsTest::wrong);
        ModelScript owner = calls -> {
            ModelScript.handling(List.of(CREATE, DELETE)).run(calls);
            ModelScript.claim(calls, NAME, SUCCESSOR);
            ModelScript.handling(List.of(SUCCEED)).run(calls);
        };
        ModelScript zombie = ModelScript.handling(List.of(CREATE, DELETE));

        Set<String> wrong = explorer.explore(
                new ModelWorld(), List.of(new ModelWorker(owner, true), new ModelWorker(zombie, true)), 0);

        System.out.println("successor: " + explorer.extent());
        assertThat(wrong).isEmpty();
    }

    @Test
    void aSweepAtAnyMomentTouchesNoLivingAgent() {
        assertThat(sweepBeside(ModelScript.sweeping(SWEEP))).isEmpty();
    }

    /** The control: the rows are read before the cluster, so that whatever is made in between looks like an orphan. */
    @Test
    void aSweepThatReadsTheRowsFirstDeletesLivingAgents() {
        ModelScript unguarded = calls -> {
            Set<AgentId> known = new TreeSet<>(java.util.Comparator.comparing(AgentId::toString));
            calls.inPartition(ModelScript.PARTITION).forEach(row -> known.add(row.agentId()));
            calls.listAll().stream()
                    .filter(object -> io.agentstation.provisioner.objects.Labels.agentOf(object)
                            .filter(known::contains)
                            .isEmpty())
                    .forEach(calls::delete);
        };

        assertThat(sweepBeside(unguarded))
                .anySatisfy(violation -> assertThat(violation).contains("living agent"));
    }

    private static Set<String> sweepBeside(ModelScript sweep) {
        ModelExplorer explorer = new ModelExplorer(SWITCHES, (world, crashed) -> world.violations);
        return explorer.explore(
                new ModelWorld(),
                List.of(
                        new ModelWorker(ModelScript.handling(List.of(CREATE)), true),
                        new ModelWorker(ModelScript.handling(List.of(CREATE)), true),
                        new ModelWorker(sweep, true)),
                0);
    }

    private static Set<String> explore(boolean verifies, int faults, List<Logged> owner, List<Logged> zombie) {
        ModelExplorer explorer = new ModelExplorer(faults > 0 ? 1 : SWITCHES, InterleavingsTest::wrong);
        Set<String> wrong = explorer.explore(
                new ModelWorld(),
                List.of(
                        new ModelWorker(ModelScript.handling(owner), verifies),
                        new ModelWorker(ModelScript.handling(zombie), verifies)),
                faults);
        System.out.println(
                owner.size() + " and " + zombie.size() + " commands, " + faults + " faults: " + explorer.extent());
        return wrong;
    }

    /** What is wrong after the partition's next owner has looked at everything, and has swept if a worker died. */
    private static Set<String> wrong(ModelWorld world, boolean crashed) {
        Set<String> wrong = new TreeSet<>(world.violations);
        List<Logged> again =
                world.row(SUCCESSOR).isPresent() ? List.of(CREATE, DELETE, SUCCEED) : List.of(CREATE, DELETE);
        String before;
        do {
            before = world.digest();
            new ModelWorker(ModelScript.takingOver(again), true).runAlone(world);
            world.collectGarbage();
        } while (!before.equals(world.digest()));
        if (crashed) {
            new ModelWorker(ModelScript.sweeping(SWEEP), true).runAlone(world);
            world.collectGarbage();
        }
        wrong.addAll(world.violations);
        world.rows.values().forEach(row -> judge(world, row, crashed, wrong));
        return wrong;
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
            // A worker that dies just after it has confirmed the name of an agent that is gone keeps it: no object, and
            // nobody can tell.
            if (ownsName && !crashed) {
                wrong.add("the name of a removed agent is not free");
            }
        } else {
            wrong.add("a removal does not end: " + row.phase() + ", left " + its);
        }
    }
}
