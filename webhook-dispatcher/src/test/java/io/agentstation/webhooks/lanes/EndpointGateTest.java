package io.agentstation.webhooks.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointGateTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final int CONCURRENCY = 16;

    private final Deque<Runnable> rests = new ArrayDeque<>();
    private final List<Duration> lengths = new ArrayList<>();
    private final EndpointGate gate = new EndpointGate(CONCURRENCY, Duration.ofMillis(100), Runnable::run, this::rest);
    private int entered;
    private int begun;

    @Test
    void asManyWaitAsBeginSoon() {
        enter(CONCURRENCY);
        assertThat(crowd()).as("nothing known yet").isEqualTo(2_048);
    }

    @Test
    void fewWaitForOneThatTakes15SecondsToFail() {
        enter(CONCURRENCY);
        gate.failed(Duration.ofSeconds(15));
        assertThat(crowd()).isEqualTo(32);
    }

    @Test
    void fewWaitForOneThatIsSilent() throws InterruptedException {
        enter(CONCURRENCY);
        Thread.sleep(101);
        gate.silent();
        assertThat(crowd()).as("2 at a time, 0.1 s each, for 2 s").isEqualTo(40);
    }

    @Test
    void fewWaitForOneThatRefusesAtOnce() {
        enter(CONCURRENCY);
        gate.failed(Duration.ofMillis(5));
        assertThat(crowd()).as("2 at a time, 0.1 s each, for 2 s").isEqualTo(40);
    }

    @Test
    void asManyWaitForASlowOneAsItTakes() {
        enter(CONCURRENCY);
        gate.delivered(Duration.ofMillis(50));
        gate.left();
        assertThat(crowd()).as("16 at a time, 50 ms each, for 2 s").isEqualTo(640);
    }

    @Test
    void whatFindsACrowdLooksAgainWhenHalfOfItHasBegun() {
        enter(CONCURRENCY);
        assertThat(gate.untilThinner()).isEqualTo(Duration.ofSeconds(1));

        gate.failed(Duration.ofMillis(400));
        crowd();
        assertThat(gate.untilThinner()).as("16 of 32, 2 at a time, 0.4 s each").isEqualTo(Duration.ofMillis(3_200));

        gate.failed(Duration.ofSeconds(15));
        assertThat(gate.untilThinner()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void oneThatFailsOverAndOverIsLeftAloneForASecondAfterEachAttempt() {
        enter(40);
        fail(19);
        int before = begun;
        assertThat(rests).isEmpty();

        fail(1);

        assertThat(begun).as("the place is kept").isEqualTo(before);
        assertThat(rests).hasSize(1);
        rests.remove().run();
        assertThat(begun).isEqualTo(before + 1);
        assertThat(crowd()).as("2 at a time, a second each").isEqualTo(32);
    }

    @Test
    void theLongerItFailsTheLongerItIsLeftAlone() {
        List<Duration> expected = new ArrayList<>();
        for (Duration rest :
                List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8))) {
            expected.addAll(Collections.nCopies(10, rest.minusMillis(1)));
        }
        expected.addAll(Collections.nCopies(100, Duration.ofSeconds(10).minusMillis(1)));

        fail(19 + expected.size());

        assertThat(lengths).isEqualTo(expected);
    }

    @Test
    void aDeliveryEndsThat() {
        enter(60);
        fail(20);

        gate.delivered(Duration.ofMillis(1));
        gate.left();
        int delivered = begun;
        fail(1);

        assertThat(rests).hasSize(1);
        assertThat(delivered)
                .as("as many at a time as ever, but for the one that rests")
                .isEqualTo(20 + CONCURRENCY);
        assertThat(gate.isTrusted(NOW)).isFalse();
    }

    @Test
    void aDeliveryKeepsItsPlaceUntilItIsNoted() {
        enter(CONCURRENCY + 1);
        gate.delivered(Duration.ofMillis(1));
        assertThat(begun).isEqualTo(CONCURRENCY);

        gate.left();

        assertThat(begun).isEqualTo(CONCURRENCY + 1);
    }

    private void rest(Runnable task, Duration length) {
        rests.add(task);
        lengths.add(length);
    }

    private void enter(int many) {
        for (int i = 0; i < many; i++) {
            entered++;
            gate.enter(() -> begun++);
        }
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            gate.failed(Duration.ofMillis(1));
        }
    }

    /** With how many waiting the gate is crowded. */
    private int crowd() {
        while (!gate.isCrowded()) {
            enter(1);
        }
        return entered - begun;
    }
}
