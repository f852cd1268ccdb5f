package io.agentstation.cluster.objects;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last changes of one kind, so that a watch goes on where a list ended. Not thread-safe; the store guards it. */
final class History {

    private static final int LENGTH = 512;

    private final Deque<Change> changes = new ArrayDeque<>();
    private long forgotten;

    /** @param start nothing at or before this version can be replayed */
    History(long start) {
        this.forgotten = start;
    }

    void add(Change change) {
        changes.addLast(change);
        if (changes.size() > LENGTH) {
            forgotten = changes.removeFirst().resourceVersion();
        }
    }

    /**
     * The changes after a version, oldest first.
     *
     * @throws ApiFailure (410) when some of them are forgotten, or the version is not yet given out
     */
    List<Change> after(long version, long current) {
        if (version < forgotten || version > current) {
            throw ApiFailure.expired(version, forgotten);
        }
        return changes.stream()
                .filter(change -> change.resourceVersion() > version)
                .toList();
    }
}
