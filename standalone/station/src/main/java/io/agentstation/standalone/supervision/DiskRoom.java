package io.agentstation.standalone.supervision;

import io.agentstation.standalone.preflight.FreeSpace;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the disk of a directory has room for what a station writes. */
public final class DiskRoom {

    /** Below this the disk is called full: one segment of Cassandra's commit log and two of Kafka's indexes, twice. */
    static final long FULL_BELOW = 48L << 20;

    /** From this on there is room again; a child that recovers writes new segments before anything is compacted. */
    static final long ROOM_FROM = 96L << 20;

    private static final Logger log = LoggerFactory.getLogger(DiskRoom.class);

    /** Asks the disk. */
    @FunctionalInterface
    interface Space {
        long usable() throws IOException;
    }

    private final Space space;
    private boolean full;

    /** The disk of this directory. */
    public DiskRoom(Path directory) {
        this(() -> FreeSpace.usable(directory));
    }

    DiskRoom(Space space) {
        this.space = space;
    }

    /** Whether it is full, looked at now. Once full, it is so until there is clearly room again. */
    public synchronized boolean isFull() {
        try {
            long usable = space.usable();
            full = usable < (full ? ROOM_FROM : FULL_BELOW);
        } catch (IOException e) {
            // The disk that does not say how full it is will say so to those who write on it.
            log.atWarn().setCause(e).log("the free space cannot be told");
        }
        return full;
    }
}
