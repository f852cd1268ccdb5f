package io.agentstation.standalone.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskWatchTest {

    private final AtomicLong usable = new AtomicLong(1L << 30);
    private final List<String> console = new CopyOnWriteArrayList<>();
    private final DiskRoom room = new DiskRoom(usable::get);

    @Test
    void saysOnceThatTheDiskIsFullAndOnceThatThereIsRoomAgain() {
        try (DiskWatch watch = new DiskWatch(Path.of("/data"), room, console::add)) {
            watch.look();
            assertThat(console).isEmpty();

            usable.set(DiskRoom.FULL_BELOW - 1);
            watch.look();
            watch.look();
            assertThat(console)
                    .singleElement()
                    .asString()
                    .contains("The disk of /data is full", "48 MiB", "Free 96 MiB or more");

            usable.set(DiskRoom.ROOM_FROM - 1);
            watch.look();
            assertThat(console).hasSize(1);
            usable.set(DiskRoom.ROOM_FROM);
            watch.look();
            watch.look();
            assertThat(console).hasSize(2).last().asString().contains("has room again");
        }
    }
}
