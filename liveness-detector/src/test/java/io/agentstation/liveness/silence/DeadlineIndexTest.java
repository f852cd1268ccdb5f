package io.agentstation.liveness.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import org.junit.jupiter.api.Test;

class DeadlineIndexTest {

    private static final AgentId ONE = AgentId.of("0190a5c0-0000-7000-8000-000000000001");
    private static final AgentId TWO = AgentId.of("0190a5c0-0000-7000-8000-000000000002");

    private final DeadlineIndex index = new DeadlineIndex();

    @Test
    void givesInTheOrderOfTimeAndNothingThatIsNotBefore() {
        index.arm(TWO, 20);
        index.arm(ONE, 10);

        assertThat(index.takeBefore(10)).isNull();
        assertThat(index.takeBefore(30)).isEqualTo(ONE);
        assertThat(index.takeBefore(30)).isEqualTo(TWO);
        assertThat(index.takeBefore(30)).isNull();
    }

    @Test
    void holdsOneEntryPerAgent() {
        index.arm(ONE, 10);
        index.arm(ONE, 20);

        assertThat(index.size()).isEqualTo(1);
        assertThat(index.takeBefore(15)).isNull();
    }

    @Test
    void onlyAnEarlierDeadlineMovesTheEntry() {
        index.arm(ONE, 10);
        index.armNoLaterThan(ONE, 20);
        index.arm(TWO, 20);
        index.armNoLaterThan(TWO, 10);

        assertThat(index.takeBefore(11)).isEqualTo(ONE);
        assertThat(index.takeBefore(11)).isEqualTo(TWO);
    }

    @Test
    void neverIsNotHeld() {
        index.arm(ONE, 10);
        index.arm(ONE, DeadlineIndex.NEVER);

        assertThat(index.size()).isZero();
    }
}
