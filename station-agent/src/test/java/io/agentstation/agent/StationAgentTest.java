package io.agentstation.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StationAgentTest {

    private static final AgentId AGENT = AgentId.of("019ab2f0-0000-7000-8000-000000000000");
    private static final long SEED = 42;

    private final ManualTime time = new ManualTime();
    private final FakeStation station = new FakeStation(time.clock());
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private HeartbeatMode mode = HeartbeatMode.IDLE;
    private boolean ready = true;

    @Test
    void reportsOnceAtStart() {
        requests.set(7);

        start();

        assertThat(station.heartbeats).hasSize(1);
        assertThat(station.heartbeats.get(0).uptimeSeconds()).isZero();
        assertThat(station.reports).hasSize(1);
        assertThat(station.reports.get(0).cpuPercent()).isEqualTo(1.5);
        assertThat(station.reports.get(0).memoryMb()).isEqualTo(64);
        assertThat(station.reports.get(0).requestsHandled()).isEqualTo(7);
        assertThat(station.reports.get(0).customMetrics()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void beatsWithinTheIntervalButNotMuchEarlier(HeartbeatMode each) {
        mode = each;
        start();

        time.pass(each.interval().multipliedBy(50));

        assertThat(station.gaps())
                .hasSizeBetween(50, 56)
                .allSatisfy(gap -> assertThat(gap)
                        .isBetween(each.interval().multipliedBy(9).dividedBy(10), each.interval()));
        assertThat(station.gaps()).as("jitter").doesNotHaveDuplicates();
    }

    @Test
    void reportsMetricsEveryMinuteAndUptimeWithEachHeartbeat() {
        start();

        time.pass(Duration.ofMinutes(10));

        assertThat(station.reports).hasSize(11);
        double last = station.heartbeats.get(station.heartbeats.size() - 1).uptimeSeconds();
        assertThat(last).isBetween(570.0, 600.0);
    }

    @ParameterizedTest
    @EnumSource
    void retriesAFailedHeartbeatWithFullJitter(HeartbeatMode each) {
        mode = each;
        station.onHeartbeat = FakeStation::refusedConnection;
        AgentSettings settings = start();

        time.pass(settings.longestRetryGap().multipliedBy(100));

        assertThat(station.gaps())
                .hasSizeGreaterThan(99)
                .anyMatch(gap -> gap.compareTo(settings.longestRetryGap().dividedBy(4)) < 0)
                .anyMatch(gap -> gap.compareTo(settings.longestRetryGap().dividedBy(2)) > 0);
    }

    @ParameterizedTest
    @EnumSource
    void retriesAHungHeartbeatAndNeverTwoAtOnce(HeartbeatMode each) {
        mode = each;
        station.onHeartbeat = FakeStation::silence;
        AgentSettings settings = start();

        time.pass(settings.longestRetryGap().multipliedBy(100));

        assertThat(station.gaps()).hasSizeGreaterThanOrEqualTo(99);
        assertThat(station.mostHeartbeatsAtOnce).isEqualTo(1);
        assertThat(time.armed())
                .as("one timer of the heartbeats and one of the metrics")
                .isEqualTo(2);
    }

    @Test
    void anAnswerAfterItsTimeoutIsNotASecondLoop() {
        var hung = new ArrayList<CompletableFuture<StationAnswer>>();
        station.onHeartbeat = () -> {
            // A transport that cannot be cancelled answers late whatever the agent does.
            CompletableFuture<StationAnswer> uncancellable = new CompletableFuture<>() {
                @Override
                public boolean cancel(boolean mayInterruptIfRunning) {
                    return false;
                }
            };
            hung.add(uncancellable);
            return uncancellable;
        };
        start();
        time.pass(Duration.ofMillis(2_600));
        int before = hung.size();
        station.onHeartbeat = () -> FakeStation.answer(200);

        hung.forEach(call -> call.complete(FakeStation.answer(200).join()));
        time.pass(Duration.ofMinutes(5));

        assertThat(before).isGreaterThan(1);
        assertThat(station.gaps().subList(before - 1, station.gaps().size()))
                .allSatisfy(gap -> assertThat(gap).isGreaterThanOrEqualTo(Duration.ofSeconds(27)));
    }

    @Test
    void aServerErrorIsRetriedAndTheIntervalResumesAfterTheAcknowledgement() {
        station.onHeartbeat = () -> FakeStation.answer(503);
        start();
        time.pass(Duration.ofSeconds(20));
        int before = station.heartbeats.size();
        station.onHeartbeat = () -> FakeStation.answer(200);

        time.pass(Duration.ofMinutes(5));

        assertThat(before).isGreaterThan(5);
        assertThat(station.heartbeats.size() - before).isBetween(10, 13);
        assertThat(log)
                .anyMatch(line -> line.contains("HTTP 503"))
                .anyMatch(line -> line.contains("acknowledged after"));
    }

    @Test
    void endsWhenTheStationSaysGone() {
        station.onHeartbeat = () -> FakeStation.answer(410);
        StationAgent agent = agent(settings());
        agent.start();

        time.pass(Duration.ofHours(1));

        assertThat(station.heartbeats).hasSize(1);
        assertThat(agent.ended().toCompletableFuture().join()).contains("410");
        assertThat(log).anyMatch(line -> line.startsWith("agent ends"));
        assertThat(time.armed()).isZero();
    }

    @Test
    void endsWhenTheMetricsAreToldGone() {
        station.onMetrics = () -> FakeStation.answer(410);
        StationAgent agent = agent(settings());
        agent.start();

        time.pass(Duration.ofHours(1));

        assertThat(station.heartbeats).hasSize(1);
        assertThat(agent.ended().toCompletableFuture()).isCompleted();
    }

    @Test
    void goesOnWhenToldToDrain() {
        station.onHeartbeat = () -> FakeStation.state("DRAINING");
        StationAgent agent = agent(settings());
        agent.start();

        time.pass(Duration.ofMinutes(5));

        assertThat(station.heartbeats).hasSizeGreaterThan(9);
        assertThat(log).filteredOn(line -> line.contains("DRAINING")).hasSize(1);
        assertThat(agent.ended().toCompletableFuture()).isNotCompleted();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void keepsAskingWhenRefusedBackingOffUpToTheInterval(int status) {
        station.onHeartbeat = () -> FakeStation.answer(status);
        start();

        time.pass(Duration.ofMinutes(10));

        List<Duration> gaps = station.gaps();
        assertThat(gaps.get(0)).isLessThanOrEqualTo(Duration.ofMillis(3_750));
        assertThat(gaps.subList(5, gaps.size()))
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30)));
        assertThat(log).filteredOn(line -> line.contains("HTTP " + status)).hasSize(1);
    }

    @Test
    void honoursRetryAfter() {
        station.onHeartbeat = () -> FakeStation.throttled(Duration.ofSeconds(40));
        start();

        time.pass(Duration.ofMinutes(10));

        assertThat(station.gaps())
                .hasSizeGreaterThan(10)
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofSeconds(40), Duration.ofMillis(43_750)));
    }

    @Test
    void metricsThatHangOrFailNeverDelayHeartbeats() {
        mode = HeartbeatMode.EMERGENCY;
        AtomicLong calls = new AtomicLong();
        station.onMetrics =
                () -> calls.getAndIncrement() % 2 == 0 ? FakeStation.silence() : FakeStation.refusedConnection();
        start();

        time.pass(Duration.ofMinutes(30));

        assertThat(station.reports).hasSize(31);
        assertThat(station.gaps()).allSatisfy(gap -> assertThat(gap).isLessThanOrEqualTo(Duration.ofSeconds(5)));
    }

    @Test
    void failedMetricsAreReplacedNotRetried() {
        station.onMetrics = FakeStation::refusedConnection;
        start();

        time.pass(Duration.ofSeconds(59));

        assertThat(station.reports).hasSize(1);
    }

    @Test
    void aSidecarIsSilentWhileWhatItSpeaksForIsNotReadyAndIsHeardWithinASecondAfter() {
        ready = false;
        start();
        time.pass(Duration.ofMinutes(5));
        assertThat(station.heartbeats).isEmpty();
        assertThat(station.reports).isEmpty();

        ready = true;
        time.pass(Duration.ofSeconds(1));

        assertThat(station.heartbeats).hasSize(1);
        assertThat(station.heartbeats.get(0).uptimeSeconds()).isZero();
        assertThat(log).filteredOn(line -> line.contains("not ready")).hasSize(1);
    }

    @Test
    void aSidecarFallsSilentWhenWhatItSpeaksForDies() {
        start();
        time.pass(Duration.ofMinutes(2));
        int heard = station.heartbeats.size();
        assertThat(heard).isGreaterThan(3);

        ready = false;
        time.pass(Duration.ofMinutes(10));

        assertThat(station.heartbeats).hasSize(heard);
    }

    @Test
    void stopEndsEverything() {
        StationAgent agent = agent(settings());
        agent.start();

        agent.stop();
        time.pass(Duration.ofHours(1));

        assertThat(station.heartbeats).hasSize(1);
        assertThat(station.reports).hasSize(1);
        assertThat(time.armed()).isZero();
    }

    private AgentSettings start() {
        AgentSettings settings = settings();
        agent(settings).start();
        return settings;
    }

    private AgentSettings settings() {
        return AgentSettings.of(URI.create("http://station"), AGENT, "token", mode);
    }

    private StationAgent agent(AgentSettings settings) {
        AgentRuntime runtime = new AgentRuntime(HttpClient.newHttpClient(), time, time.clock(), new Random(SEED));
        return new StationAgent(
                settings, runtime, new AgentWorkload(new FixedUsage(), requests::get, () -> ready), log::add, station);
    }

    private record FixedUsage() implements ResourceUsage {
        @Override
        public double cpuPercent() {
            return 1.5;
        }

        @Override
        public double memoryMb() {
            return 64;
        }
    }
}
