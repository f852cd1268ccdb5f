package io.agentstation.guarantees.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.guarantees.kafka.Kafka;
import io.agentstation.guarantees.liveness.Oracle.Fault;
import io.agentstation.guarantees.processes.Suspension;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/**
 * One fault: a fresh fleet of which some die before, during and after it, the detector, and the controls that suffer the
 * same fault beside it.
 */
final class Trial implements AutoCloseable {

    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Duration BEFORE = Duration.ofSeconds(4);
    private static final Duration AFTER = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(250);

    private final String name;
    private final LivenessRig rig;
    private final Faults faults = Faults.ofThisRun();
    private final List<Control> controls;
    private final Fleet fleet;
    private final HeartbeatLog log;

    private Trial(String name, LivenessRig rig, List<Control> controls) {
        this.name = name;
        this.rig = rig;
        this.controls = controls;
        this.fleet = rig.fleet(SEED);
        this.log = new HeartbeatLog(rig.bootstrapServers());
    }

    /** Starts the controls and a fleet, and waits until the detector and they know every agent. */
    static Trial begin(String name, LivenessRig rig, Control.Kind... kinds) {
        List<Control> controls =
                Arrays.stream(kinds).map(kind -> Control.start(rig, kind, name)).toList();
        Trial trial = new Trial(name, rig, controls);
        trial.raise();
        return trial;
    }

    private void raise() {
        fleet.add(HeartbeatMode.EMERGENCY, faults.emergency(), rig.creation());
        fleet.add(HeartbeatMode.IDLE, faults.idle(), rig.creation());
        awaitActivated(Topic.LIFECYCLE.topicName());
        controls.stream()
                .filter(control -> control.kind() != Control.Kind.WALL_CLOCK)
                .forEach(control -> awaitActivated(control.lifecycleTopic()));
    }

    private void awaitActivated(String topic) {
        Awaitility.await("every agent is active, says " + topic)
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> {
                    requireWorking();
                    Told told = Told.in(rig.bootstrapServers(), topic);
                    return fleet.agents().stream().allMatch(agent -> told.has(agent.id, EventType.ACTIVATED));
                });
    }

    Control control(Control.Kind kind) {
        return controls.stream()
                .filter(control -> control.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /** Lets some die, does the fault while more do, and some more when it is over; then judges. */
    void judge(Duration nominal, Runnable fault) {
        fleet.condemn(HeartbeatMode.EMERGENCY, faults.emergency() / 10, BEFORE);
        fleet.condemn(HeartbeatMode.IDLE, faults.idleDeaths() / 2, BEFORE);
        Suspension.hold(BEFORE);
        fleet.condemn(HeartbeatMode.EMERGENCY, faults.emergency() / 4, nominal);
        fleet.condemn(HeartbeatMode.IDLE, faults.idleDeaths() / 2, nominal);
        long from = System.currentTimeMillis();
        fault.run();
        Fault done = new Fault(from, System.currentTimeMillis());
        fleet.condemn(HeartbeatMode.EMERGENCY, faults.emergency() / 10, AFTER);
        settle();
        report(done);
    }

    /** How far a group is behind the log, in log time: the partition that is least behind. */
    Duration lagOf(String group) {
        log.readOn();
        return Duration.ofMillis(log.behindMs(rig.kafka().committed(group)));
    }

    /** Waits until every bound has passed in the log, and the detector and the controls have read that far. */
    private void settle() {
        Awaitility.await("every bound has passed in the log")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(this::everyBoundHasPassed);
        Map<TopicPartition, Long> ends = log.ends();
        awaitRead(LivenessRig.DETECTOR_GROUP, ends);
        controls.stream()
                .filter(control -> control.kind() != Control.Kind.WALL_CLOCK)
                .forEach(control -> awaitRead(control.group(), ends));
    }

    private boolean everyBoundHasPassed() {
        log.readOn();
        return fleet.isTheirFateFulfilled()
                && fleet.agents().stream()
                        .filter(agent -> agent.journal.isDead())
                        .allMatch(agent -> log.stalls(agent.id)
                                        .latestMs(
                                                agent.mode, log.beats(agent.id).last())
                                < log.reachedMs());
    }

    private void awaitRead(String group, Map<TopicPartition, Long> ends) {
        Awaitility.await(group + " has read what decides")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .ignoreExceptionsInstanceOf(Kafka.KafkaUnavailable.class)
                .until(() -> {
                    requireWorking();
                    return rig.kafka().hasRead(group, ends);
                });
    }

    private void requireWorking() {
        rig.detector().requireWorking();
        controls.forEach(Control::requireWorking);
    }

    private void report(Fault fault) {
        log.readOn();
        Told told = Told.in(rig.bootstrapServers(), Topic.LIFECYCLE.topicName());
        Verdict verdict = Oracle.judge(fleet, log, told, fault);
        long late =
                fleet.agents().stream().filter(agent -> agent.journal.wasLate()).count();
        print("detector", fault, verdict, ", " + late + " of " + fleet.agents().size() + " agents ever late");
        controls.forEach(control -> reportControl(control, fault));
        assertThat(verdict.failures()).as("%s", verdict.evidence()).isZero();
        assertThat(verdict.deaths()).isGreaterThan(faults.emergency() / 3);
        assertThat(verdict.excused())
                .as("%s", verdict.evidence())
                .isLessThan(fleet.agents().size() / 50);
    }

    private void reportControl(Control control, Fault fault) {
        Told told = Told.in(rig.bootstrapServers(), control.lifecycleTopic());
        Verdict verdict = Oracle.judgeControl(fleet, log, told, fault);
        print(control.kind().name(), fault, verdict, "");
        int expected = control.kind() == Control.Kind.FORGETFUL ? verdict.failures() : verdict.falseAlarms();
        assertThat(expected).as("failures of the control " + control.kind()).isPositive();
    }

    private void print(String who, Fault fault, Verdict verdict, String more) {
        System.out.printf(
                "liveness %s (seed %d, fault %.1f s, stalled %.1f s since): %s: %d agents, %s%s%n",
                name,
                SEED,
                (fault.toMs() - fault.fromMs()) / 1_000.0,
                log.stalledMsSince(fault.fromMs()) / 1_000.0,
                who,
                fleet.agents().size(),
                verdict.summary(),
                more);
    }

    @Override
    public void close() {
        fleet.close();
        controls.forEach(Control::close);
        log.close();
    }
}
