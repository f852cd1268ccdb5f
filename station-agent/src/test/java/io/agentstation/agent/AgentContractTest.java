package io.agentstation.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent contract (ADR 3), whatever becomes of attempts: how far apart their starts may be. */
class AgentContractTest {

    private static final AgentId AGENT = AgentId.of("019ab2f0-0000-7000-8000-000000000000");
    private static final Duration OFTEN = Duration.ofMillis(2_500);
    private static final Duration NEWLY = Duration.ofSeconds(15);
    private static final int SEEDS = 20;

    private final ManualTime time = new ManualTime();
    private final FakeStation station = new FakeStation(time.clock());

    @ParameterizedTest
    @MethodSource("modesAndSeeds")
    void noAttemptIsLaterThanTheContractAllows(HeartbeatMode mode, int seed) {
        AgentSettings settings = heardAndThenNoMore(mode, seed);
        List<Instant> attempts = station.heartbeatTimes;
        Instant heard = attempts.get(attempts.size() - 1);

        time.pass(settings.interval().multipliedBy(5));

        List<Instant> retries = attempts.subList(attempts.indexOf(heard) + 1, attempts.size());
        Duration half = settings.grace().dividedBy(2);
        assertThat(gaps(retries)).allSatisfy(gap -> assertThat(gap).isLessThanOrEqualTo(half));
        assertThat(gapsWithin(retries, retries.get(0)))
                .allSatisfy(gap -> assertThat(gap).isLessThanOrEqualTo(OFTEN));
        for (int turn = 1; turn < 5; turn++) {
            Instant due = heard.plus(settings.interval().multipliedBy(turn));
            assertThat(gapsWithin(retries, due))
                    .as("due at %s", due)
                    .isNotEmpty()
                    .allSatisfy(gap -> assertThat(gap).isLessThanOrEqualTo(OFTEN));
        }
        assertThat(station.mostHeartbeatsAtOnce).isEqualTo(1);
    }

    static Stream<Arguments> modesAndSeeds() {
        return Stream.of(HeartbeatMode.values())
                .flatMap(mode -> Stream.iterate(0, seed -> seed < SEEDS, seed -> seed + 1)
                        .map(seed -> Arguments.of(mode, seed)));
    }

    // A million sleeping agents must not keep a station busy that is coming back.
    @ParameterizedTest
    @EnumSource
    void inALongOutageASleepingAgentTriesSeldom(Answer answer) {
        station.onHeartbeat = answer::answer;
        AgentSettings settings = agent(HeartbeatMode.SLEEP, 1);
        time.pass(NEWLY);
        int before = station.heartbeatTimes.size();

        time.pass(settings.interval().minus(NEWLY));

        // Full jitter below 30 s is an attempt every 15 s.
        assertThat(station.heartbeatTimes.size() - before).isBetween(30, 90);
    }

    // Time-outs of equal length would keep step with stalls of equal length.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EMERGENCY")
    void timeOutsAreDrawn(HeartbeatMode mode) {
        station.onHeartbeat = FakeStation::silence;
        agent(mode, 1);

        time.pass(NEWLY);

        assertThat(gaps(station.heartbeatTimes))
                .doesNotHaveDuplicates()
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofMillis(1_250), OFTEN));
    }

    private enum Answer {
        REFUSED,
        FAILED,
        LOST;

        CompletableFuture<StationAnswer> answer() {
            return switch (this) {
                case REFUSED -> FakeStation.refusedConnection();
                case FAILED -> FakeStation.answer(503);
                case LOST -> FakeStation.silence();
            };
        }
    }

    private AgentSettings heardAndThenNoMore(HeartbeatMode mode, int seed) {
        Random random = new Random(seed);
        AgentSettings settings = agent(mode, seed);
        time.pass(settings.interval().multipliedBy(3));
        station.onHeartbeat = () -> Answer.values()[random.nextInt(Answer.values().length)].answer();
        return settings;
    }

    private AgentSettings agent(HeartbeatMode mode, int seed) {
        AgentSettings settings = AgentSettings.of(URI.create("http://station"), AGENT, "token", mode);
        AgentRuntime runtime = new AgentRuntime(HttpClient.newHttpClient(), time, time.clock(), new Random(seed));
        AgentWorkload workload = new AgentWorkload(new ProcessResourceUsage(), () -> 0);
        new StationAgent(settings, runtime, workload, line -> {}, station).start();
        return settings;
    }

    private static List<Duration> gaps(List<Instant> attempts) {
        return Stream.iterate(1, each -> each < attempts.size(), each -> each + 1)
                .map(each -> Duration.between(attempts.get(each - 1), attempts.get(each)))
                .toList();
    }

    /** From this moment to the first attempt, and from each attempt in the seconds after it to the next. */
    private static List<Duration> gapsWithin(List<Instant> attempts, Instant from) {
        List<Instant> since = Stream.concat(Stream.of(from), attempts.stream().filter(each -> !each.isBefore(from)))
                .toList();
        long within =
                since.stream().filter(each -> each.isBefore(from.plus(NEWLY))).count();
        return gaps(since).subList(0, (int) Math.min(within, since.size() - 1));
    }
}
