package io.agentstation.provisioner.inspection;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.inspection.LogLine;
import io.agentstation.provisioner.cluster.ClusterFailure;
import io.agentstation.provisioner.cluster.ContainerStart;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent's log as it grows, across its replicas and their restarts: what there was, then each start of each container
 * from its beginning to its end. Ends when the agent has no pods and no Deployment any longer.
 */
final class FollowedLog implements LogAnswer {

    private static final Logger log = LoggerFactory.getLogger(FollowedLog.class);

    /** How often the pods are looked at; a look costs the cluster nothing. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    // A sign of life every 5 s; the end only when the agent is gone for 3 s, for a view may lag behind.
    private static final int LOOKS_BEFORE_NOTHING_NEW = 10;
    private static final int LOOKS_BEFORE_THE_END = 6;

    // A thread and a connection to the cluster for each.
    private static final int MOST_AT_ONCE = 20;

    private final Following following;
    private final AgentId agent;
    private final List<LogLine> history;
    private final List<ContainerStart> known;

    /** The starts whose end was read, or is being read up to. */
    private final Set<ContainerStart> begun = ConcurrentHashMap.newKeySet();

    private final Set<ContainerStart> running = ConcurrentHashMap.newKeySet();
    private final Map<ContainerStart, Instant> lastAt = new ConcurrentHashMap<>();

    /** After this history of the starts that were known when it was read. */
    FollowedLog(Following following, AgentId agent, List<LogLine> history, List<ContainerStart> known) {
        this.following = following;
        this.agent = agent;
        this.history = history;
        this.known = known;
    }

    @Override
    public void writeTo(LineSink sink) {
        history.forEach(sink::write);
        rememberLastOfEach();
        long end = System.nanoTime() + following.longest().toNanos();
        int gone = 0;
        for (int look = 1; gone < LOOKS_BEFORE_THE_END && System.nanoTime() - end < 0; look++) {
            List<ContainerStart> starts = ContainerStart.newest(following.view().pods(agent));
            starts.forEach(start -> begin(start, sink));
            gone = starts.isEmpty() && following.view().deployment(agent).isEmpty() && running.isEmpty() ? gone + 1 : 0;
            if (look % LOOKS_BEFORE_NOTHING_NEW == 0) {
                sink.nothingNew();
            }
            if (isStopped()) {
                return;
            }
        }
        if (gone >= LOOKS_BEFORE_THE_END) {
            sink.end();
        }
    }

    private boolean isStopped() {
        try {
            return following.stop().await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    // What was asked for of the past has been said: of a container that is known, only what comes after it.
    private void rememberLastOfEach() {
        Map<String, Instant> last = new HashMap<>();
        history.forEach(line -> last.put(line.pod() + "/" + line.container() + "/" + line.restart(), line.at()));
        Instant newest = history.isEmpty()
                ? Instant.EPOCH
                : history.get(history.size() - 1).at();
        known.forEach(start -> lastAt.put(
                start, last.getOrDefault(start.pod() + "/" + start.container() + "/" + start.restart(), newest)));
    }

    private void begin(ContainerStart start, LineSink sink) {
        if (running.size() >= MOST_AT_ONCE || begun.contains(start) || !running.add(start)) {
            return;
        }
        begun.add(start);
        following.threads().execute(() -> {
            try {
                follow(start, sink);
            } catch (ClusterFailure e) {
                // Not the end of the container: the next look takes it up where it broke off.
                begun.remove(start);
                log.atInfo()
                        .addKeyValue("agentId", agent)
                        .addKeyValue("pod", start.pod())
                        .addKeyValue("reason", String.valueOf(e.getMessage()))
                        .log("A followed log broke off, it is taken up again");
            } catch (ClientGone e) {
                // The loop above learns the same from its next line.
                log.atTrace().addKeyValue("agentId", agent).log("Nobody reads the log any longer");
            } finally {
                running.remove(start);
            }
        });
    }

    private void follow(ContainerStart start, LineSink sink) {
        boolean missed = start.restart() > 0 && !lastAt.containsKey(start) && !begun.contains(start.before());
        if (missed) {
            // It started and ended between two looks.
            following
                    .logs()
                    .tail(start.before(), false, Optional.empty(), LogQuestion.MOST_LINES)
                    .forEach(sink::write);
            begun.add(start.before());
        }
        Optional<Instant> since = Optional.ofNullable(lastAt.get(start));
        following.logs().follow(start, since, line -> {
            if (since.isEmpty() || line.at().isAfter(since.get())) {
                lastAt.put(start, line.at());
                sink.write(line);
            }
        });
        boolean ended =
                ContainerStart.running(following.view().pods(agent)).stream().noneMatch(start::equals);
        if (!ended) {
            begun.remove(start);
        }
    }
}
