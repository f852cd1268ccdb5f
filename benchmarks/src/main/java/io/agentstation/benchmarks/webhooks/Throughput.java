package io.agentstation.benchmarks.webhooks;

import static io.agentstation.benchmarks.webhooks.WebhookBenchmark.say;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.webhooks.WebhookBody;
import io.agentstation.contracts.wire.Wire;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** How many webhooks a second reach a receiver in one round, by each of three: a bare loop, the least dispatcher, the dispatcher. */
final class Throughput {

    private static final int[] LOOP = {1, 4, 16, 64};
    private static final int[] LEAST = {16, 64};
    private static final int LIFE = 4;

    /** Webhooks a second, the loop and the least at their best concurrency. */
    record Rates(double loop, double least, double dispatcher) {}

    private final DispatcherRig rig;
    private final int round;
    private final WorkspaceId workspace;
    private final List<LifecycleEvent> events;

    Throughput(DispatcherRig rig, int many, int round) {
        this.rig = rig;
        this.round = round;
        this.workspace = WorkspaceId.of("throughput-" + round);
        this.events = lives(workspace, many);
    }

    /** Of agents with four events each, the first of all agents before the second of any. */
    private static List<LifecycleEvent> lives(WorkspaceId workspace, int events) {
        List<AgentId> agents =
                Stream.generate(DispatcherRig::agent).limit(events / LIFE).toList();
        return LongStream.rangeClosed(1, LIFE)
                .boxed()
                .flatMap(sequence -> agents.stream().map(agent -> DispatcherRig.event(workspace, agent, sequence)))
                .toList();
    }

    Rates measure() throws InterruptedException {
        double loop = 0;
        for (int concurrency : LOOP) {
            loop = Math.max(loop, loop(concurrency));
        }
        double least = 0;
        for (int concurrency : LEAST) {
            least = Math.max(least, least(concurrency));
        }
        return new Rates(loop, least, dispatcher());
    }

    private double loop(int concurrency) throws InterruptedException {
        List<byte[]> bodies = events.stream()
                .map(event -> Wire.write(WebhookBody.of(event, 0)))
                .toList();
        try (Sink sink = new Sink()) {
            Cpu before = rig.cpu();
            double perSecond = BareLoop.perSecond(sink.url(), bodies, concurrency);
            tell("bare loop, " + concurrency + " at a time", perSecond, before);
            return perSecond;
        }
    }

    private double least(int concurrency) throws InterruptedException {
        try (Sink sink = new Sink();
                LeastDispatcher least = rig.startLeast(sink.url(), concurrency)) {
            return sent("least dispatcher, " + concurrency + " at a time", sink, rig::appendForLeast);
        }
    }

    private double dispatcher() throws InterruptedException {
        try (Sink sink = new Sink()) {
            rig.subscribe(workspace, sink.url());
            return sent("dispatcher", sink, rig::append);
        }
    }

    /** From the first event that is appended to the last that is received. */
    private double sent(String who, Sink sink, Consumer<LifecycleEvent> append) throws InterruptedException {
        Cpu before = rig.cpu();
        long from = System.nanoTime();
        events.forEach(append);
        rig.flush();
        sink.await(events.size());
        double perSecond = events.size() * 1e9 / (System.nanoTime() - from);
        tell(who, perSecond, before);
        return perSecond;
    }

    private void tell(String who, double perSecond, Cpu before) {
        say("round %d: %s: %.0f/s, %s", round, who, perSecond, rig.cpu().each(before, events.size()));
    }
}
