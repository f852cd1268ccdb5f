package io.agentstation.provisioner.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Goes through every order in which the workers' calls can be carried out in which the turn passes from one to another at most so
 * often, with up to so many faults at any of them, and looks at each end. Moments that are the same in all respects are gone on
 * from once. A worker that has come to its end passes its turn for nothing.
 */
final class ModelExplorer {

    /** A moment: world and workers, whose turn it is (-1: nobody's yet), what may still happen, whether a worker has died. */
    private record Moment(
            ModelWorld world,
            List<ModelWorker> workers,
            int turn,
            int switches,
            int earlier,
            int faults,
            boolean crashed) {

        UUID key() {
            StringBuilder all = new StringBuilder(world.digest());
            workers.forEach(worker -> all.append('|').append(worker.digest()));
            all.append('|')
                    .append(turn)
                    .append(' ')
                    .append(switches)
                    .append(' ')
                    .append(earlier)
                    .append(' ')
                    .append(faults)
                    .append(crashed);
            return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private final BiFunction<ModelWorld, Boolean, Set<String>> verdict;
    private final Deque<Moment> open = new ArrayDeque<>();
    private final Set<UUID> seen = new HashSet<>();
    private final Set<UUID> judged = new HashSet<>();
    private final Set<String> violations = new TreeSet<>();
    private final int switches;
    private final int earlierReads;
    private int ends;

    /**
     * @param switches how often the turn may pass from one worker to another that could wait
     * @param earlierReads how many of the reads that are not linearizable may answer with what was; further ones are faults
     * @param verdict  what is wrong with a world at its end, given whether a worker has died
     */
    ModelExplorer(int switches, int earlierReads, BiFunction<ModelWorld, Boolean, Set<String>> verdict) {
        this.switches = switches;
        this.earlierReads = earlierReads;
        this.verdict = verdict;
    }

    /** All that is wrong with any end. */
    Set<String> explore(ModelWorld start, List<ModelWorker> workers, int faults) {
        later(new Moment(start, workers, -1, switches, earlierReads, faults, false));
        while (!open.isEmpty()) {
            goOn(open.pop());
        }
        return violations;
    }

    /** How much there was to look at. */
    String extent() {
        return seen.size() + " moments, " + ends + " ends";
    }

    private void goOn(Moment moment) {
        boolean moved = false;
        for (int i = 0; i < moment.workers().size(); i++) {
            moved |= move(moment, i);
        }
        ModelWorld collected = moment.world().copy();
        boolean garbage = collected.collectGarbage();
        if (garbage) {
            later(new Moment(
                    collected,
                    moment.workers(),
                    moment.turn(),
                    moment.switches(),
                    moment.earlier(),
                    moment.faults(),
                    moment.crashed()));
        }
        // Whoever waits for garbage collection has not come to an end.
        if (!moved && !garbage) {
            judge(moment);
        }
    }

    private boolean move(Moment moment, int number) {
        ModelWorker worker = moment.workers().get(number);
        boolean passes = moment.turn() >= 0 && moment.turn() != number && canGoOn(moment, moment.turn());
        if (worker.pending().isEmpty() || (passes && moment.switches() == 0)) {
            return false;
        }
        ModelCalls.Call call = worker.pending().get();
        ModelWorld after = moment.world().copy();
        Object answer = call.effect().apply(after);
        if (answer == null) {
            return false;
        }
        later(with(moment, number, after, worker.answered(answer), 0, false));
        if (moment.earlier() + moment.faults() > 0) {
            call.stale()
                    .apply(moment.world())
                    .forEach(earlier -> later(withEarlier(moment, number, worker.answered(earlier))));
        }
        if (moment.faults() > 0) {
            later(with(moment, number, moment.world(), worker.crashed(), 1, true));
            if (call.toCluster()) {
                var refusal = new ModelCalls.Refusal("The cluster's API does not answer");
                later(with(moment, number, moment.world(), worker.answered(refusal), 1, false));
                later(with(moment, number, after, worker.answered(refusal), 1, false));
            }
        }
        return true;
    }

    private static boolean canGoOn(Moment moment, int number) {
        return moment.workers()
                .get(number)
                .pending()
                .filter(call -> call.effect().apply(moment.world().copy()) != null)
                .isPresent();
    }

    private static Moment withEarlier(Moment moment, int number, ModelWorker worker) {
        int faults = moment.earlier() > 0 ? 0 : 1;
        Moment then = with(moment, number, moment.world(), worker, faults, false);
        return new Moment(
                then.world(),
                then.workers(),
                then.turn(),
                then.switches(),
                moment.earlier() - (1 - faults),
                then.faults(),
                then.crashed());
    }

    private static Moment with(
            Moment moment, int number, ModelWorld world, ModelWorker worker, int faults, boolean crashed) {
        List<ModelWorker> workers = new ArrayList<>(moment.workers());
        workers.set(number, worker);
        boolean passed = moment.turn() >= 0 && moment.turn() != number && canGoOn(moment, moment.turn());
        return new Moment(
                world,
                workers,
                number,
                moment.switches() - (passed ? 1 : 0),
                moment.earlier(),
                moment.faults() - faults,
                moment.crashed() || crashed);
    }

    private void later(Moment moment) {
        if (seen.add(moment.key())) {
            open.push(moment);
        }
    }

    private void judge(Moment end) {
        ends++;
        UUID world = UUID.nameUUIDFromBytes((end.world().digest() + end.crashed()).getBytes(StandardCharsets.UTF_8));
        if (judged.add(world)) {
            violations.addAll(verdict.apply(end.world().copy(), end.crashed()));
        }
    }
}
