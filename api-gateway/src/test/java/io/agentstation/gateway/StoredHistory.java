package io.agentstation.gateway;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.store.reports.StoredMetrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes reports as telemetry would, and reads pages of them as a client does. */
public final class StoredHistory {

    private static final int AT_ONCE = 200;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private final Heartbeats heartbeats;
    private final Metrics metrics;

    public StoredHistory(Station station) {
        this.heartbeats = new Heartbeats(station.store());
        this.metrics = new Metrics(station.store());
    }

    /** A new agent. */
    public static AgentId create(Http user) {
        Answer created = user.post("/api/agents", "{\"name\":\"" + Station.name() + "\"}");
        return AgentId.of(created.body().at("/agent/uuid").asString());
    }

    /** Stores a heartbeat, and waits. */
    public void heartbeat(AgentId agent, Instant time, long offset) {
        var unused = beat(agent, time, offset).toCompletableFuture().join();
    }

    /** Stores a heartbeat. */
    public CompletionStage<?> beat(AgentId agent, Instant time, long offset) {
        return heartbeats.write(new StoredHeartbeat(agent, time, offset, new Heartbeat(HeartbeatMode.IDLE, offset)));
    }

    /** Stores metrics, and waits. */
    public void metrics(AgentId agent, Instant time, long offset) {
        var unused = report(agent, time, offset, Map.of()).toCompletableFuture().join();
    }

    /** Stores metrics. */
    public CompletionStage<?> report(AgentId agent, Instant time, long offset, Map<String, Object> custom) {
        return metrics.write(new StoredMetrics(agent, time, offset, new MetricsReport(1.5, 2, offset, custom)));
    }

    /** Starts many writes, some at a time: a connection takes so many and no more. Waits for all of them. */
    public static void all(Stream<Supplier<CompletionStage<?>>> writes) {
        List<CompletionStage<?>> running = new ArrayList<>();
        writes.forEach(write -> {
            running.add(write.get());
            if (running.size() == AT_ONCE) {
                await(running);
            }
        });
        await(running);
    }

    private static void await(List<CompletionStage<?>> running) {
        running.forEach(write -> {
            var unused = write.toCompletableFuture().join();
        });
        running.clear();
    }

    /** The ids of a page's items. */
    public static List<String> ids(Answer answer) {
        return answer.body().values().stream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    /** Where a page's Link leads. */
    public static Optional<String> next(Answer answer) {
        return answer.header("Link").map(NEXT::matcher).filter(Matcher::matches).map(link -> link.group(1));
    }
}
