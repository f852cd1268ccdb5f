package io.agentstation.guarantees.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.guarantees.processes.ServiceProcess;
import io.agentstation.guarantees.processes.Suspension;
import io.agentstation.telemetry.WriterThatCommitsFirst;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** I7: every report that Kafka has acknowledged becomes a row, once, whatever happens to Cassandra or to the writer. */
class NoReportIsLostIT {

    private static final String GROUP = "telemetry";
    private static final List<Topic> REPORTS = List.of(Topic.HEARTBEATS, Topic.METRICS);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int AGENTS = 200;
    private static final int IN_FLIGHT = 500;
    private static final int BURST = 5_000;

    // What the processes printed is kept when a test fails.
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static TelemetryRig rig;

    private final Faults faults = Faults.ofThisRun();
    private final Ledger ledger = new Ledger();
    private final Random random = new Random(Long.getLong("faults.seed", System.nanoTime()));

    @BeforeAll
    static void startRig() throws Exception {
        rig = TelemetryRig.start(directory);
    }

    @AfterAll
    static void stopRig() {
        rig.close();
    }

    @AfterEach
    void killWriters() {
        rig.killWriters();
    }

    @Test
    void whenCassandraIsKilledAndAway() {
        ServiceProcess writer = rig.startWriter();
        try (Reporters reporters = new Reporters(rig.bootstrapServers(), AGENTS, ledger)) {
            Duration drained;
            long waiting;
            try (var load = reporters.load(faults.perSecond())) {
                Awaitility.await("rows are written")
                        .atMost(PATIENCE)
                        .until(() -> ledger.count(Topic.METRICS) > faults.perSecond()
                                && rig.behind(GROUP, Topic.METRICS) < faults.perSecond());
                Set<String> members = members();

                rig.killCassandra();
                Suspension.hold(faults.outage());

                assertThat(members()).as("members of the groups").isEqualTo(members);
                waiting = rig.behind(GROUP, Topic.HEARTBEATS) + rig.behind(GROUP, Topic.METRICS);
                rig.startCassandra();
                long back = System.nanoTime();
                REPORTS.forEach(topic -> rig.awaitRead(
                        writer, GROUP, topic, faults.outage().multipliedBy(2).plus(PATIENCE)));
                drained = Duration.ofNanos(System.nanoTime() - back);
            }
            awaitEverythingWritten(writer);
            requireEveryReportOnce();
            System.out.printf(
                    "telemetry outage of %d s at %d reports a second of each topic: %d were waiting, drained in %.1f s;"
                            + " %d heartbeats and %d metrics are rows%n",
                    faults.outage().toSeconds(),
                    faults.perSecond(),
                    waiting,
                    drained.toMillis() / 1_000.0,
                    ledger.count(Topic.HEARTBEATS),
                    ledger.count(Topic.METRICS));
            assertThat(waiting)
                    .isGreaterThan(faults.perSecond() * faults.outage().toSeconds());
            if (faults.bounds()) {
                assertThat(drained).isLessThanOrEqualTo(faults.outage().multipliedBy(2));
            }
        }
    }

    @Test
    void whenTheWriterIsKilled() {
        try (Reporters reporters = new Reporters(rig.bootstrapServers(), AGENTS, ledger)) {
            ServiceProcess writer = rig.startWriter();
            StringBuilder inFlight = new StringBuilder();
            for (int kills = 0; kills < faults.kills(); ) {
                reporters.burst(BURST);
                Suspension.hold(Duration.ofMillis(random.nextInt(800)));
                writer.kill();
                long unwritten = rig.behind(GROUP, Topic.HEARTBEATS) + rig.behind(GROUP, Topic.METRICS);
                if (unwritten >= IN_FLIGHT) {
                    kills++;
                    inFlight.append(' ').append(unwritten);
                }
                writer = rig.startWriter();
                awaitEverythingWritten(writer);
            }
            System.out.printf("telemetry kills of the writer, acknowledged reports in flight:%s%n", inFlight);
        }
        requireEveryReportOnce();
    }

    /** The negative control of the test above. */
    @Test
    void aWriterThatCommitsBeforeItsRowsAreStoredLosesThem() {
        ServiceProcess control = rig.startWriter(WriterThatCommitsFirst.class.getName(), "control");
        try (Reporters reporters = new Reporters(rig.bootstrapServers(), AGENTS, ledger)) {
            reporters.burst(BURST);
        }
        REPORTS.forEach(topic -> rig.awaitRead(control, "control", topic, PATIENCE));

        control.kill();

        try (StoredReports stored = new StoredReports(rig.store())) {
            assertThat(stored.missing(ledger, Topic.HEARTBEATS)).isPositive();
            assertThat(stored.missing(ledger, Topic.METRICS)).isPositive();
        }
    }

    private Set<String> members() {
        return REPORTS.stream()
                .flatMap(topic -> rig.kafka().members(TelemetryRig.group(GROUP, topic)).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private void awaitEverythingWritten(ServiceProcess writer) {
        REPORTS.forEach(topic -> rig.awaitRead(writer, GROUP, topic, PATIENCE));
    }

    private void requireEveryReportOnce() {
        try (StoredReports stored = new StoredReports(rig.store())) {
            REPORTS.forEach(topic -> stored.requireExactly(ledger, topic));
        }
    }
}
