package io.agentstation.agent;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.metrics.MetricsReport;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A station that answers as the test says and remembers when it was called. */
final class FakeStation implements StationApi {

    private final Clock clock;
    private final List<CompletableFuture<StationAnswer>> openHeartbeats = new ArrayList<>();

    final List<Instant> heartbeatTimes = new ArrayList<>();
    final List<Heartbeat> heartbeats = new ArrayList<>();
    final List<MetricsReport> reports = new ArrayList<>();
    Supplier<CompletableFuture<StationAnswer>> onHeartbeat = () -> answer(200);
    Supplier<CompletableFuture<StationAnswer>> onMetrics = () -> answer(200);
    int mostHeartbeatsAtOnce;

    FakeStation(Clock clock) {
        this.clock = clock;
    }

    static CompletableFuture<StationAnswer> answer(int status) {
        return CompletableFuture.completedFuture(
                new StationAnswer(status, Optional.empty(), Optional.of("ACTIVE"), ""));
    }

    static CompletableFuture<StationAnswer> throttled(Duration retryAfter) {
        return CompletableFuture.completedFuture(
                new StationAnswer(429, Optional.of(retryAfter), Optional.empty(), "Too many requests"));
    }

    static CompletableFuture<StationAnswer> state(String state) {
        return CompletableFuture.completedFuture(new StationAnswer(200, Optional.empty(), Optional.of(state), ""));
    }

    static CompletableFuture<StationAnswer> refusedConnection() {
        return CompletableFuture.failedFuture(new IOException("connection refused"));
    }

    static CompletableFuture<StationAnswer> silence() {
        return new CompletableFuture<>();
    }

    List<Duration> gaps() {
        List<Duration> gaps = new ArrayList<>();
        for (int i = 1; i < heartbeatTimes.size(); i++) {
            gaps.add(Duration.between(heartbeatTimes.get(i - 1), heartbeatTimes.get(i)));
        }
        return gaps;
    }

    @Override
    public CompletableFuture<StationAnswer> heartbeat(Heartbeat heartbeat) {
        heartbeatTimes.add(clock.instant());
        heartbeats.add(heartbeat);
        CompletableFuture<StationAnswer> call = onHeartbeat.get();
        openHeartbeats.add(call);
        openHeartbeats.removeIf(CompletableFuture::isDone);
        mostHeartbeatsAtOnce = Math.max(mostHeartbeatsAtOnce, openHeartbeats.size());
        return call;
    }

    @Override
    public CompletableFuture<StationAnswer> metrics(MetricsReport report) {
        reports.add(report);
        return onMetrics.get();
    }
}
