package io.agentstation.liveness.topology;

/**
 * Asks for a commit of a task as soon as it has written an event, so that whoever reads what is committed need not wait for the
 * interval's end; at the process's pace, since a commit costs the broker as much as hundreds of records. What may not be asked for yet
 * is asked for at a later record, or comes with the interval's commit.
 */
final class PromptCommits {

    private final Runnable commit;
    private final CommitPace pace;
    private boolean wanted;

    /** @param commit asks Streams to commit soon */
    PromptCommits(Runnable commit, CommitPace pace) {
        this.commit = commit;
        this.pace = pace;
    }

    /** An event was written. */
    void want() {
        wanted = true;
    }

    /** To be called after each record. */
    void askIfDue() {
        if (wanted && pace.take()) {
            wanted = false;
            commit.run();
        }
    }
}
