package io.agentstation.liveness.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromptCommitsTest {

    private long nanos = 17;
    private int asked;
    private final CommitPace pace = new CommitPace(() -> nanos);
    private final PromptCommits commits = new PromptCommits(() -> asked++, pace);

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
        nanos += CommitPace.PACE.toNanos();
        commits.askIfDue();

        assertThat(asked).isOne();
    }

    @Test
    void manyEventsShareACommit() {
        for (int event = 0; event < 100; event++) {
            commits.want();
            commits.askIfDue();
            nanos += CommitPace.PACE.toNanos() / 10;
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

        nanos += CommitPace.PACE.toNanos();
        commits.askIfDue();

        assertThat(asked).isEqualTo(2);
    }

    @Test
    void allPartitionsOfAProcessShareThePace() {
        PromptCommits another = new PromptCommits(() -> asked++, pace);
        commits.want();
        commits.askIfDue();
        another.want();
        another.askIfDue();
        assertThat(asked).isOne();

        nanos += CommitPace.PACE.toNanos();
        another.askIfDue();

        assertThat(asked).isEqualTo(2);
    }
}
