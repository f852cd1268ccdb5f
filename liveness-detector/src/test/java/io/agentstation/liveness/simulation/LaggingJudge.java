package io.agentstation.liveness.simulation;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.liveness.detection.Story;
import java.util.ArrayDeque;
import java.util.Queue;

/** Lets another judge read the log late: up to five minutes behind, then all at once, again and again. */
final class LaggingJudge implements Judge {

    private static final long PERIOD = 600_000;
    private static final long LONGEST = 300_000;

    private record Unread(long appendMs, Runnable reading) {}

    private final Judge judge;
    private final Queue<Unread> unread = new ArrayDeque<>();

    LaggingJudge(Judge judge) {
        this.judge = judge;
    }

    @Override
    public void made(int agent, Story story, long appendMs) {
        judge.made(agent, story, appendMs);
    }

    @Override
    public void heartbeat(int agent, HeartbeatMode mode, long appendMs) {
        unread.add(new Unread(appendMs, () -> judge.heartbeat(agent, mode, appendMs)));
    }

    @Override
    public void tick(Tick tick, long appendMs) {
        unread.add(new Unread(appendMs, () -> judge.tick(tick, appendMs)));
    }

    @Override
    public void wall(long nowMs) {
        long readable = nowMs - Math.min(nowMs % PERIOD, LONGEST);
        for (Unread first = unread.peek(); first != null && first.appendMs <= readable; first = unread.peek()) {
            first.reading.run();
            unread.remove();
        }
        judge.wall(nowMs);
    }

    /** Reads the rest. */
    void catchUp() {
        unread.forEach(record -> record.reading.run());
        unread.clear();
    }

    @Override
    public Alarms alarms() {
        return judge.alarms();
    }
}
