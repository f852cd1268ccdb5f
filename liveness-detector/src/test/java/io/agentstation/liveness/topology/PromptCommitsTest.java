package io.agentstation.liveness.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromptCommitsTest {

    private long nanos = 17;
    private int asked;
    private final PromptCommits commits = new PromptCommits(() -> asked++, () -> nanos);

    @Test
    void aLoneEventIsCommittedAtOnce() {
        commits.want();
        commits.askIfDue();

        assertThat(asked).isOne();
    }

    @Test
    void whatWritesNoEventAsksForNothing() {
        commits.askIfDue();
        commits.want();
        commits.askIfDue();
        nanos += PromptCommits.PACE.toNanos();
        commits.askIfDue();

        assertThat(asked).isOne();
    }

    @Test
    void manyEventsShareACommit() {
        for (int event = 0; event < 100; event++) {
            commits.want();
            commits.askIfDue();
            nanos += PromptCommits.PACE.toNanos() / 10;
        }

        assertThat(asked).isEqualTo(10);
    }

    @Test
    void whatCameTooSoonIsAskedForAtARecordAfterThePace() {
        commits.want();
        commits.askIfDue();
        commits.want();
        commits.askIfDue();
        assertThat(asked).isOne();

        nanos += PromptCommits.PACE.toNanos();
        commits.askIfDue();

        assertThat(asked).isEqualTo(2);
    }
}
