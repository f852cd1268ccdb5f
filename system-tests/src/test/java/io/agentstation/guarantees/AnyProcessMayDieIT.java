package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * I1, I2, I3 and I6: kill -9 of the station's process, of its broker and of its Cassandra, at random moments while agents are
 * created and deleted. Every 201 becomes ACTIVE, every accepted delete TERMINATED, nothing leaks, and no child outlives its
 * parent by more than 5 s.
 */
class AnyProcessMayDieIT {

    private static final int KILLS = Boolean.getBoolean("faults.full") ? 20 : 4;
    private static final Duration CHILDREN = Duration.ofSeconds(5);
    private static final Duration SETTLED = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    private enum Victim {
        STATION,
        KAFKA,
        CASSANDRA
    }

    @Test
    void everyAcknowledgedOrderIsCarriedOutAndNothingLeaks() throws Exception {
        long seed = Long.getLong("station.test.seed", System.nanoTime());
        System.out.println("seed of the kills: " + seed);
        Random random = new Random(seed);
        Path data = directory.resolve("data");
        StationProcess station = StationProcess.up(data);
        try (Orders orders = new Orders(station.client())) {
            for (Victim victim : victims(random)) {
                orders.awaitFurther(2);
                Awaitility.await("a random moment")
                        .pollDelay(Duration.ofMillis(random.nextInt(3_000)))
                        .until(() -> true);
                System.out.println("kill -9 of " + victim);
                if (victim == Victim.STATION) {
                    kill(station);
                    station = StationProcess.up(data);
                    orders.speakTo(station.client());
                } else {
                    killServer(station, data, victim.name().toLowerCase(Locale.ROOT));
                }
            }
            orders.awaitFurther(2);
            orders.end();
            System.out.println(orders);
            orders.awaitCarriedOut(SETTLED);
            new Invariants(station, data).check();
        } finally {
            station.close();
        }
    }

    /** Each in every round of three: a server may be started again three times in a while, and a new station counts anew. */
    private static List<Victim> victims(Random random) {
        List<Victim> victims = new ArrayList<>();
        while (victims.size() < KILLS) {
            List<Victim> round = new ArrayList<>(List.of(Victim.values()));
            Collections.shuffle(round, random);
            victims.addAll(round);
        }
        return victims.subList(0, KILLS);
    }

    private static void kill(StationProcess station) {
        List<ProcessHandle> all = station.processes();
        assertThat(all).as("processes of a station").hasSizeGreaterThanOrEqualTo(3);
        all.get(0).destroyForcibly();
        Awaitility.await("no process is left of a killed station")
                .atMost(CHILDREN)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static void killServer(StationProcess station, Path data, String server) throws Exception {
        int before = starts(station, server);
        ProcessHandle child = child(data, server);
        child.destroyForcibly();
        child.onExit().get(10, TimeUnit.SECONDS);
        Awaitility.await(server + " runs again")
                .atMost(Duration.ofMinutes(2))
                .until(() -> starts(station, server) > before);
    }

    private static ProcessHandle child(Path data, String server) throws IOException {
        long pid = Long.parseLong(
                Files.readString(data.resolve(server).resolve("ready")).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static int starts(StationProcess station, String server) {
        return station.console().split(server + " runs again", -1).length - 1;
    }
}
