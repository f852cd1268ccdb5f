package io.agentstation.cluster.objects;

/**
 * Gives out resource versions that only rise, also over restarts and kills: blocks are reserved on disk before the first
 * of them is used. Not thread-safe; the store guards it.
 */
final class VersionCounter {

    private static final long BLOCK = 1_000;

    private final ObjectFiles files;
    private long last;
    private long reserved;

    VersionCounter(ObjectFiles files) {
        this.files = files;
        this.last = files.reservedVersion();
        this.reserved = last;
    }

    long current() {
        return last;
    }

    long next() {
        if (last == reserved) {
            files.reserveVersion(reserved + BLOCK);
            reserved += BLOCK;
        }
        return ++last;
    }
}
