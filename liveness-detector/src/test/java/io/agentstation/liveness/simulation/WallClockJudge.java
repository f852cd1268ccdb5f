package io.agentstation.liveness.simulation;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.liveness.detection.Story;
import java.util.Arrays;

/** What a wall-clock punctuator does: every second it compares its own clock with the heartbeats it has read. */
final class WallClockJudge implements Judge {

    private static final long PERIOD = 1_000;

    private final Alarms alarms = new Alarms();
    private final long[] deadlines;
    private long nextMs;

    WallClockJudge(int agents) {
        deadlines = new long[agents];
        Arrays.fill(deadlines, Long.MAX_VALUE);
    }

    @Override
    public void made(int agent, Story story, long appendMs) {
        // Nobody is watched before the first heartbeat.
    }

    @Override
    public void heartbeat(int agent, HeartbeatMode mode, long appendMs) {
        deadlines[agent] = appendMs + Rules.SETTINGS.intervalMs(mode) + Rules.SETTINGS.graceMs(mode);
    }

    @Override
    public void tick(Tick tick, long appendMs) {
        // It goes by its own clock.
    }

    @Override
    public void wall(long nowMs) {
        if (nowMs < nextMs) {
            return;
        }
        nextMs = nowMs + PERIOD;
        for (int agent = 0; agent < deadlines.length; agent++) {
            if (deadlines[agent] < nowMs) {
                alarms.add(agent, nowMs);
                deadlines[agent] = Long.MAX_VALUE;
            }
        }
    }

    @Override
    public Alarms alarms() {
        return alarms;
    }
}
