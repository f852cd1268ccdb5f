package io.agentstation.guarantees.liveness;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Knows who was alive: from the agents' own journals, and from the heartbeats in the log. Judges what a detector told.
 */
final class Oracle {

    private final HeartbeatLog log;
    private final Told told;
    private final long faultFromMs;
    private final long faultToMs;
    private final List<String> evidence = new ArrayList<>();
    private int heartbeats;
    private int deaths;
    private int falseAlarms;
    private int missed;
    private int repeated;
    private int broken;
    private int excused;
    private double worstShare;
    private long worstDelayMs = Long.MIN_VALUE;

    private Oracle(HeartbeatLog log, Told told, Fault fault) {
        this.log = log;
        this.told = told;
        this.faultFromMs = fault.fromMs();
        this.faultToMs = fault.toMs();
    }

    /** When something was done to the detector or to the ingest path. */
    record Fault(long fromMs, long toMs) {}

    /** Judges the detector: everything that it has told of the fleet. */
    static Verdict judge(Fleet fleet, HeartbeatLog log, Told told, Fault fault) {
        Oracle oracle = new Oracle(log, told, fault);
        fleet.agents().forEach(agent -> oracle.judge(agent, Long.MIN_VALUE));
        fleet.agents().forEach(oracle::judgeSequence);
        return oracle.verdict();
    }

    /** Judges a negative control: only what it told since the fault began, for that is what the fault does to it. */
    static Verdict judgeControl(Fleet fleet, HeartbeatLog log, Told told, Fault fault) {
        Oracle oracle = new Oracle(log, told, fault);
        fleet.agents().forEach(agent -> oracle.judge(agent, fault.fromMs()));
        return oracle.verdict();
    }

    private void judge(FleetAgent agent, long sinceMs) {
        heartbeats += log.beats(agent.id).size();
        Long before = null;
        for (Told.Event alarm : told.unhealthy(agent.id)) {
            if (alarm.appendedMs() >= sinceMs) {
                before = judgeAlarm(agent, alarm, before);
            }
        }
        if (agent.journal.isDead()) {
            judgeDeath(agent);
        }
    }

    /** Returns the heartbeat after which the agent was silent, as far as this alarm could know. */
    private @Nullable Long judgeAlarm(FleetAgent agent, Told.Event alarm, @Nullable Long before) {
        Long heard = log.beats(agent.id).floor(alarm.saidOfMs());
        if (heard != null && heard.equals(before)) {
            repeated++;
            note("repeated", agent, alarm, heard);
        }
        boolean due = heard != null
                && alarm.saidOfMs() > heard + agent.mode.interval().toMillis();
        if (!due) {
            falseAlarms++;
            note("nothing was due", agent, alarm, heard);
        } else if (agent.journal.livedAt(alarm.saidOfMs())) {
            judgeAlarmOfTheLiving(agent, alarm, Objects.requireNonNull(heard));
        }
        return heard;
    }

    private void judgeAlarmOfTheLiving(FleetAgent agent, Told.Event alarm, long heard) {
        if (agent.journal.wasLateBetween(heard, alarm.saidOfMs())) {
            excused++;
            note("excused", agent, alarm, heard);
        } else {
            falseAlarms++;
            note("false", agent, alarm, heard);
        }
    }

    private void judgeDeath(FleetAgent agent) {
        deaths++;
        long heard = log.beats(agent.id).last();
        long latest = log.stalls(agent.id).latestMs(agent.mode, heard);
        Told.Event alarm = told.unhealthy(agent.id).stream()
                .filter(event -> event.saidOfMs() > heard)
                .findFirst()
                .orElse(null);
        if (alarm == null || alarm.saidOfMs() > latest) {
            missed++;
            note("missed, due by " + latest, agent, alarm, heard);
        } else {
            worstShare = Math.max(worstShare, (double) (alarm.saidOfMs() - heard) / (latest - heard));
            worstDelayMs = Math.max(worstDelayMs, alarm.appendedMs() - Math.max(latest, faultToMs));
        }
    }

    private void judgeSequence(FleetAgent agent) {
        if (!told.isContiguous(agent.id)) {
            broken++;
            evidence.add("broken sequence: " + agent.id);
        }
    }

    private void note(String what, FleetAgent agent, Told.@Nullable Event alarm, @Nullable Long heard) {
        evidence.add("%s: %s %s, fault from %d to %d, heard at %s, alarm %s; %s; its heartbeats: %s"
                .formatted(
                        what,
                        agent.mode,
                        agent.id,
                        faultFromMs,
                        faultToMs,
                        heard,
                        alarm == null ? "none" : "of " + alarm.saidOfMs() + " at " + alarm.appendedMs(),
                        agent.journal,
                        log.beats(agent.id)));
    }

    private Verdict verdict() {
        return new Verdict(
                heartbeats, deaths, falseAlarms, missed, repeated, broken, excused, worstShare, worstDelayMs, evidence);
    }
}
