package io.agentstation.benchmarks.provisioning;

import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** How long agents are NEW: from the event CREATED to the one that leads out of that state, whichever it is. Thread-safe. */
final class TimeInNew {

    private final Map<String, Moment> since = new ConcurrentHashMap<>();
    private final Map<String, Moment> until = new ConcurrentHashMap<>();

    /** @param heardNanos when the event was read, by {@link System#nanoTime()} */
    private record Moment(Instant occurred, long heardNanos) {}

    /** An event was read at this time; of each the first counts. */
    void heard(LifecycleEvent event, long nanos) {
        String agent = event.agentId().toString();
        Moment moment = new Moment(event.occurredAt(), nanos);
        if (event.fromState() == null && event.toState() == AgentState.NEW) {
            since.putIfAbsent(agent, moment);
        } else if (event.fromState() == AgentState.NEW && event.toState() != AgentState.NEW) {
            until.putIfAbsent(agent, moment);
        }
    }

    /** Milliseconds by the events' own times: from the command's place in the log to its outcome's. */
    List<Double> byTheLog(Collection<String> agents) {
        return agents.stream()
                .map(agent -> Duration.between(
                                        of(since, agent).occurred(),
                                        of(until, agent).occurred())
                                .toNanos()
                        / 1e6)
                .toList();
    }

    /** Milliseconds between the two events for whoever reads them. */
    List<Double> asRead(Collection<String> agents) {
        return agents.stream()
                .map(agent -> (of(until, agent).heardNanos() - of(since, agent).heardNanos()) / 1e6)
                .toList();
    }

    private static Moment of(Map<String, Moment> moments, String agent) {
        return Objects.requireNonNull(moments.get(agent), "an agent has not left NEW");
    }
}
