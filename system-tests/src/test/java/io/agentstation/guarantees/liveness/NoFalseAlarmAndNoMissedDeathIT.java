package io.agentstation.guarantees.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.guarantees.liveness.Control.Kind;
import io.agentstation.guarantees.processes.ServiceProcess;
import io.agentstation.guarantees.processes.Suspension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * I4 and I5 on a real broker: whatever happens to the detector, the broker or the gateways, no agent that keeps the contract
 * is called unhealthy, and every agent that dies is, once and in time. Beside the detector runs each time one that lacks
 * what protects it, and fails.
 */
@TestMethodOrder(OrderAnnotation.class)
class NoFalseAlarmAndNoMissedDeathIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    // What the processes printed is kept when a test fails.
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static LivenessRig rig;

    private final Faults faults = Faults.ofThisRun();

    @BeforeAll
    static void startRig() throws Exception {
        rig = LivenessRig.start(directory);
    }

    @AfterAll
    static void stopRig() throws Exception {
        rig.close();
    }

    // First: the more a changelog holds, the longer Streams warms a new member up before it gives it partitions.
    @Test
    @Order(1)
    void afterRebalancesBetweenTwoDetectors() {
        try (Trial trial = Trial.begin("rebalance", rig, Kind.FORGETFUL)) {
            ServiceProcess first = rig.detector();
            Control forgetful = trial.control(Kind.FORGETFUL);
            trial.judge(faults.together().multipliedBy(3), () -> {
                rig.startDetector();
                forgetful.startOne();
                awaitBothWork(LivenessRig.DETECTOR_GROUP);
                awaitBothWork(forgetful.group());
                Suspension.hold(faults.together());
                first.kill();
                forgetful.killOne();
            });
        }
    }

    private static void awaitBothWork(String group) {
        Awaitility.await("two members of " + group + " work")
                .atMost(PATIENCE)
                .until(() -> rig.kafka().workingMembers(group) == 2);
    }

    @Test
    @Order(2)
    void afterTheDetectorWasKilledAndDown() {
        try (Trial trial = Trial.begin("killed", rig, Kind.WALL_CLOCK, Kind.FORGETFUL)) {
            List<Control> controls = List.of(trial.control(Kind.WALL_CLOCK), trial.control(Kind.FORGETFUL));
            trial.judge(faults.down(), () -> {
                rig.detector().kill();
                controls.forEach(Control::killOne);
                Suspension.hold(faults.down());
                awaitLiveness("blind");
                assertThat(rig.health().status()).isEqualTo(200);
                assertThat(rig.health().body().at("/status").asString()).isEqualTo("degraded");
                assertThat(rig.health().body().at("/alarms/0/alarm").asString()).isEqualTo("detector_blind");
                rig.startDetector();
                controls.forEach(Control::startOne);
            });
            awaitLiveness("proving");
        }
    }

    /** Nobody is called unhealthy while the detector is away, so the gateways must not call that well. */
    private static void awaitLiveness(String sight) {
        Awaitility.await("the gateway says that liveness is " + sight)
                .atMost(PATIENCE)
                .until(() -> rig.health()
                        .body()
                        .at("/components/liveness")
                        .asString()
                        .equals(sight));
    }

    @Test
    @Order(3)
    void afterTheDetectorWasSuspended() {
        try (Trial trial = Trial.begin("suspended", rig, Kind.WALL_CLOCK)) {
            List<ProcessHandle> stopped = List.of(
                    rig.detector().handle(), trial.control(Kind.WALL_CLOCK).handle());
            trial.judge(faults.pause(), () -> {
                try (Suspension suspension = Suspension.of(stopped)) {
                    suspension.holdFor(faults.pause());
                }
            });
        }
    }

    @Test
    @Order(4)
    void afterTheDetectorLaggedBehind() {
        // A twentieth of what the log grows by.
        double bytesPerSecond = 1_000;
        try (Trial trial = Trial.begin("lagging", rig, Kind.WALL_CLOCK)) {
            List<String> clients = List.of(
                    rig.detectorClientId(), trial.control(Kind.WALL_CLOCK).clientId());
            trial.judge(faults.lag(), () -> {
                clients.forEach(client -> rig.kafka().limit(client, bytesPerSecond));
                Awaitility.await("the detector is behind")
                        .atMost(faults.lag().multipliedBy(2).plus(PATIENCE))
                        .until(() -> trial.lagOf(LivenessRig.DETECTOR_GROUP).compareTo(faults.lag()) >= 0);
                clients.forEach(client -> rig.kafka().limit(client, null));
            });
        }
    }

    // One of the gateways does not come back as the one it was. Absolute log time is no control on a real outage:
    // whether
    // somebody overdue is heard only after the first tick is chance (seen over eight runs: 0 to 126 false alarms). The
    // simulator is its control, where it always fails.
    @Test
    @Order(5)
    void afterAnOutageOfTheIngestPath() {
        try (Trial trial = Trial.begin("outage", rig, Kind.WALL_CLOCK)) {
            trial.judge(faults.outage(), () -> {
                rig.gateways().killOne();
                try (Suspension suspension = Suspension.of(List.of(rig.broker()))) {
                    suspension.holdFor(faults.outage());
                }
                rig.gateways().restartOne();
            });
        }
    }

    @Test
    @Order(6)
    void afterARestartOfTheBroker() {
        try (Trial trial = Trial.begin("broker", rig, Kind.WALL_CLOCK)) {
            trial.judge(faults.restart(), () -> {
                rig.killBroker();
                Suspension.hold(faults.restart());
                rig.startBroker();
            });
        }
    }
}
