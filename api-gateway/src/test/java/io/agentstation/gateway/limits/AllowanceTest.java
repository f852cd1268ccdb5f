package io.agentstation.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllowanceTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private static final List<Rate> RATES = List.of(
            new Rate(60, 10), new Rate(300, 50), new Rate(1_000, 100), Rate.HEARTBEATS, Rate.METRICS, new Rate(1, 1));

    private final Time time = new Time();

    /** Nanoseconds that stand still until they are told not to; they begin anywhere. */
    private static final class Time implements TimeMeter {
        private long now = -12_345_678_901L;

        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    static Stream<Rate> rates() {
        return RATES.stream();
    }

    @ParameterizedTest
    @MethodSource("rates")
    void everyAnswerIsTheModels(Rate rate) {
        for (long seed = 1; seed <= 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Allowance allowance = new Allowance(rate, time);
            Model model = new Model(rate, time.now);
            for (int step = 0; step < 2_000; step++) {
                time.now += pause(random);

                Draw draw = allowance.draw();

                assertThat(draw).as("seed %d, step %d", seed, step).isEqualTo(model.draw(time.now));
            }
        }
    }

    // Bursts, steady use, waits to the edge of a second or a minute, and long silences.
    private static long pause(SplittableRandom random) {
        return switch (random.nextInt(20)) {
            case 0 -> random.nextLong(3 * MINUTE);
            case 1 -> SECOND;
            case 2 -> SECOND - 1;
            case 3 -> MINUTE;
            case 4, 5, 6 -> random.nextLong(SECOND);
            default -> random.nextLong(SECOND / 50);
        };
    }

    /** The same rule, written down as it is said: windows of a minute, and all that was allowed in the second before. */
    private static final class Model {
        private final Rate rate;
        private final long madeAt;
        private final Deque<Long> allowed = new ArrayDeque<>();
        private long window;
        private int used;

        Model(Rate rate, long madeAt) {
            this.rate = rate;
            this.madeAt = madeAt;
        }

        Draw draw(long now) {
            long nowWindow = (now - madeAt) / MINUTE;
            if (nowWindow != window) {
                window = nowWindow;
                used = 0;
            }
            allowed.removeIf(time -> time <= now - SECOND);
            boolean inSecond = allowed.size() < rate.burst();
            boolean fits = inSecond && used < rate.perMinute();
            long burstWait = inSecond ? 0 : allowed.getFirst() + SECOND - now;
            if (fits) {
                used++;
                allowed.add(now);
            }
            long end = madeAt + (window + 1) * MINUTE - now;
            long minuteWait = used == rate.perMinute() ? end : 0;
            return new Draw(
                    rate.perMinute(),
                    rate.perMinute() - used,
                    Duration.ofNanos(end),
                    Duration.ofNanos(fits ? 0 : Math.max(burstWait, minuteWait)));
        }
    }

    @Test
    void noSecondSeesMoreThanTheBurstWhereverItBegins() {
        Allowance allowance = new Allowance(new Rate(60, 10), time);
        time.now += SECOND / 2;
        assertThat(allowed(allowance, 11)).isEqualTo(10);

        time.now += SECOND - 1;
        assertThat(allowed(allowance, 1)).isZero();
        time.now += 1;
        assertThat(allowed(allowance, 11)).isEqualTo(10);
    }

    @Test
    void whoWaitsAsLongAsToldIsAllowed() {
        Allowance allowance = new Allowance(new Rate(60, 10), time);
        for (int i = 0; i < 200; i++) {
            Draw draw = allowance.draw();
            if (!draw.isAllowed()) {
                time.now += draw.patience().toNanos();
                assertThat(allowance.draw().isAllowed()).isTrue();
            }
        }
    }

    @Test
    void severalGatewaysTogetherAllowWhatOneWould() {
        assertThat(new Rate(300, 50).sharedBy(3)).isEqualTo(new Rate(100, 17));
        assertThat(new Rate(60, 10).sharedBy(1)).isEqualTo(new Rate(60, 10));
        assertThat(new Rate(60, 10).sharedBy(1_000)).isEqualTo(new Rate(1, 1));
    }

    private static int allowed(Allowance allowance, int times) {
        int allowed = 0;
        for (int i = 0; i < times; i++) {
            allowed += allowance.draw().isAllowed() ? 1 : 0;
        }
        return allowed;
    }
}
