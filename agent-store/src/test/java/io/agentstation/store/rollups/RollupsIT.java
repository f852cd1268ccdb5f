package io.agentstation.store.rollups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.liveness.AvailabilityHour;
import io.agentstation.contracts.metrics.MetricsRollup;
import io.agentstation.contracts.metrics.MetricsRollup.Resolution;
import io.agentstation.contracts.metrics.Series;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RollupsIT {

    /** Cassandra's own clock decides what has expired, so the tables' has to agree with it. */
    private final Instant now = Instant.now();

    private final Instant hour = Instant.ofEpochSecond(now.getEpochSecond() / 3_600 * 3_600);

    private final MetricsRollups rollups = new MetricsRollups(TestStore.get(), Clock.fixed(now, ZoneOffset.UTC));
    private final Availability availability = new Availability(TestStore.get(), Clock.fixed(now, ZoneOffset.UTC));
    private final AgentId agent = TestIds.agent();

    @ParameterizedTest
    @EnumSource(Resolution.class)
    void windowsAreFoundOldestFirstAcrossBuckets(Resolution resolution) {
        List<MetricsRollup> oldestFirst = IntStream.range(0, 100)
                .mapToObj(i -> rollup(resolution, hour.minus(Duration.ofHours(7).multipliedBy(100 - i)), i))
                .toList();
        shuffled(oldestFirst).forEach(each -> write(each, each.windowStart(), 0));

        assertThat(read(resolution, hour.minus(Duration.ofDays(30)), hour)).isEqualTo(oldestFirst);
        assertThat(read(resolution, Instant.MIN, Instant.MAX)).isEqualTo(oldestFirst);
    }

    @Test
    void theFirstMomentIsIncludedAndTheLastIsNot() {
        List<MetricsRollup> minutes = IntStream.range(0, 5)
                .mapToObj(i -> rollup(Resolution.MINUTE, hour.plusSeconds(60L * i), i))
                .toList();
        minutes.forEach(each -> write(each, hour, 0));

        assertThat(read(Resolution.MINUTE, hour.plusSeconds(60), hour.plusSeconds(180)))
                .isEqualTo(minutes.subList(1, 3));
        assertThat(read(Resolution.MINUTE, hour.plusSeconds(60), hour.plusSeconds(60)))
                .isEmpty();
    }

    @Test
    void aDayOfMinutesIsReadPageByPage() {
        Instant midnight =
                Instant.ofEpochSecond(now.getEpochSecond() / 86_400 * 86_400).minus(Duration.ofDays(1));
        List<MetricsRollup> day = IntStream.range(0, 1_440)
                .mapToObj(i -> rollup(Resolution.MINUTE, midnight.plusSeconds(60L * i), i))
                .toList();
        day.forEach(each -> write(each, midnight, 0));

        List<MetricsRollup> seen = new ArrayList<>();
        done(rollups.forEach(agent, Resolution.MINUTE, midnight, midnight.plus(Duration.ofDays(1)), seen::add));

        assertThat(seen).isEqualTo(day);
    }

    @Test
    void minutesAndHoursAreKeptApart() {
        write(rollup(Resolution.MINUTE, hour, 1), now, 0);
        write(rollup(Resolution.HOUR, hour, 2), now, 1);

        assertThat(read(Resolution.MINUTE, hour, now)).containsExactly(rollup(Resolution.MINUTE, hour, 1));
        assertThat(read(Resolution.HOUR, hour, now)).containsExactly(rollup(Resolution.HOUR, hour, 2));
    }

    @Test
    void theNewestRecordOfAWindowStaysInWhateverOrderTheyAreWritten() {
        MetricsRollup older = rollup(Resolution.MINUTE, hour, 9);
        MetricsRollup newest = rollup(Resolution.MINUTE, hour, 1);
        write(newest, now, 12);
        write(older, now, 11);
        write(rollup(Resolution.MINUTE, hour, 99), now.minusMillis(1), 500);

        assertThat(read(Resolution.MINUTE, hour, now)).containsExactly(newest);
    }

    @Test
    void aReplayLeavesTheSameRowAndDoesNotLengthenItsLife() {
        Instant appended = now.minus(Duration.ofDays(10));
        MetricsRollup minute = rollup(Resolution.MINUTE, hour.minus(Duration.ofDays(10)), 1);
        write(minute, appended, 3);
        write(minute, appended, 3);

        var row = TestStore.session()
                .execute(
                        "SELECT TTL(series) AS ttl, WRITETIME(series) AS clock FROM metrics_minutes WHERE agent_id = ?"
                                + " ALLOW FILTERING",
                        agent.value())
                .one();
        assertThat(row).isNotNull();
        assertThat(row.getInt("ttl")).isLessThanOrEqualTo(20 * 86_400 + 1).isGreaterThan(20 * 86_400 - 600);
        assertThat(row.getLong("clock")).isEqualTo(appended.toEpochMilli() * 1_000 + 3);
    }

    @Test
    void hoursOfAvailabilityComeBackAsTheyWere() {
        List<AvailabilityHour> hours = IntStream.range(0, 30)
                .mapToObj(i -> new AvailabilityHour(
                        hour.minus(Duration.ofDays(1).multipliedBy(30 - i)), 120, 100 + i % 20, 3_600_000, i))
                .toList();
        shuffled(hours).forEach(each -> done(availability.write(agent, each, new LogPlace(now, 1))));

        assertThat(done(availability.read(agent, Instant.MIN, now))).isEqualTo(hours);
        assertThat(done(availability.read(
                        agent, hours.get(3).hourStart(), hours.get(6).hourStart())))
                .isEqualTo(hours.subList(3, 6));
        assertThat(done(availability.read(TestIds.agent(), Instant.MIN, now))).isEmpty();
    }

    @Test
    void aReadersFailureEndsTheReading() {
        write(rollup(Resolution.MINUTE, hour, 1), now, 0);

        assertThatThrownBy(() -> done(rollups.forEach(agent, Resolution.MINUTE, hour, now, rollup -> {
                    throw new IllegalStateException("enough");
                })))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("enough");
    }

    private static MetricsRollup rollup(Resolution resolution, Instant start, double value) {
        return new MetricsRollup(
                resolution,
                start,
                new TreeMap<>(Map.of("cpu_percent", Series.of(value), "custom.a\"b.c", Series.of(1e-300 * value))));
    }

    private void write(MetricsRollup rollup, Instant appended, long offset) {
        done(rollups.write(agent, rollup, new LogPlace(appended, offset)));
    }

    private List<MetricsRollup> read(Resolution resolution, Instant from, Instant to) {
        return done(rollups.read(agent, resolution, from, to));
    }

    private static <T> List<T> shuffled(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, new Random(11));
        return copy;
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
