package io.agentstation.liveness.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row is taken if and only if its deadline is before the time, wherever its entry lies. */
class DeadlineWheelTest {

    private static final long T = 1_800_000_000_000L;
    private static final int ROWS = 200;

    private final long[] due = new long[ROWS];
    private final DeadlineWheel wheel = new DeadlineWheel(T, row -> due[row]);

    DeadlineWheelTest() {
        Arrays.fill(due, WatchTable.NEVER);
    }

    @Test
    void aRowIsTakenAtTheFirstTimeAfterItsDeadlineAndOnce() {
        arm(7, T + 1_000);

        assertThat(taken(T + 1_000)).isEmpty();
        assertThat(taken(T + 1_001)).containsExactly(7);
        assertThat(taken(T + 5_000)).isEmpty();
    }

    @Test
    void aDeadlineThatHasMovedOnIsWaitedForWithoutArming() {
        arm(7, T + 1_000);
        due[7] = T + 90_000;

        assertThat(taken(T + 90_000)).isEmpty();
        assertThat(taken(T + 90_001)).containsExactly(7);
    }

    @Test
    void anEarlierDeadlineCountsOnceItIsArmed() {
        arm(7, T + 900_000);
        arm(7, T + 1_000);

        assertThat(taken(T + 1_001)).containsExactly(7);
        due[7] = WatchTable.NEVER;
        assertThat(taken(T + 1_000_000)).isEmpty();
    }

    @Test
    void aDeadlineBeyondTheWheelIsMetExactly() {
        long week = 7 * 24 * 3_600_000L;
        arm(7, T + week);

        for (long now = T; now <= T + week; now += 600_000) {
            assertThat(taken(now)).isEmpty();
        }
        assertThat(taken(T + week + 1)).containsExactly(7);
    }

    @Test
    void afterALongSilenceOfTheLogEveryDeadlineIsFound() {
        arm(1, T + 1_000);
        arm(2, T + 3_000_000_000L);

        assertThat(taken(T + 2_000_000_000L)).containsExactly(1);
        assertThat(taken(T + 3_000_000_001L)).containsExactly(2);
    }

    @Test
    void aRowThatIsDisarmedIsNotTakenAndNotCounted() {
        arm(7, T + 1_000);
        arm(8, T + 1_000);
        wheel.disarm(7);

        assertThat(wheel.size()).isEqualTo(1);
        assertThat(taken(T + 2_000)).containsExactly(8);
        assertThat(wheel.size()).isZero();
    }

    // With entries in random slots, as after restarts and mode changes, against a scan of all deadlines.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithAScanOfAllDeadlines(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long now = T;
        for (int step = 0; step < 3_000; step++) {
            for (int change = random.nextInt(4); change > 0; change--) {
                change(random.nextInt(ROWS), now, random);
            }
            now += random.nextInt(100) == 0 ? random.nextLong(3_000_000) : random.nextInt(300);
            long at = now;
            List<Integer> expected = IntStream.range(0, ROWS)
                    .filter(row -> due[row] < at)
                    .boxed()
                    .toList();
            List<Integer> taken = taken(now);
            assertThat(taken).as("seed %d, step %d", seed, step).containsExactlyInAnyOrderElementsOf(expected);
            taken.forEach(row -> due[row] = WatchTable.NEVER);
        }
    }

    private void change(int row, long now, SplittableRandom random) {
        long next = random.nextInt(10) == 0
                ? WatchTable.NEVER
                : now + random.nextLong(random.nextBoolean() ? 200 : 2_000_000);
        boolean later = next > due[row] && due[row] != WatchTable.NEVER;
        due[row] = next;
        if (!later || random.nextBoolean()) {
            wheel.arm(row);
        }
    }

    private void arm(int row, long dueMs) {
        due[row] = dueMs;
        wheel.arm(row);
    }

    private List<Integer> taken(long nowMs) {
        List<Integer> taken = new ArrayList<>();
        for (int row = wheel.takeBefore(nowMs); row != WatchTable.NONE; row = wheel.takeBefore(nowMs)) {
            taken.add(row);
        }
        return taken;
    }
}
