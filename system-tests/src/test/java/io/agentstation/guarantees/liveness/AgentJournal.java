package io.agentstation.guarantees.liveness;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What one agent really did, and when; thread-safe. Times are epoch milliseconds of this machine, as the broker's are. */
final class AgentJournal {

    private final HeartbeatMode mode;
    private final List<Long> lateAttempts = new ArrayList<>();
    private long attemptNanos;
    private long firstTryNanos;
    private boolean isAcknowledged;
    private int attempts;
    private int acknowledgements;
    private long diedAtMs = Long.MAX_VALUE;

    AgentJournal(HeartbeatMode mode) {
        this.mode = mode;
    }

    /** Another attempt; returns its number. */
    synchronized int attempted() {
        long allowed = isAcknowledged ? mode.interval().toMillis() : retryGapMs();
        if (attempts > 0 && sinceAttemptMs() > allowed) {
            lateAttempts.add(System.currentTimeMillis());
        }
        attemptNanos = System.nanoTime();
        if (attempts == 0 || isAcknowledged) {
            firstTryNanos = attemptNanos;
        }
        attempts++;
        isAcknowledged = false;
        return attempts;
    }

    /** How long after the last attempt the next one at the same heartbeat may begin. */
    synchronized long retryGapMs() {
        return AgentContract.longestRetryGapMs(mode, TimeUnit.NANOSECONDS.toMillis(attemptNanos - firstTryNanos));
    }

    /** The last attempt was acknowledged; returns how many were. */
    synchronized int acknowledged() {
        isAcknowledged = true;
        return ++acknowledgements;
    }

    synchronized int attempts() {
        return attempts;
    }

    synchronized void died() {
        diedAtMs = System.currentTimeMillis();
    }

    synchronized long sinceAttemptMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - attemptNanos);
    }

    synchronized boolean isDead() {
        return diedAtMs != Long.MAX_VALUE;
    }

    /** Whether it had not died at this moment. */
    synchronized boolean livedAt(long ms) {
        return ms < diedAtMs;
    }

    /** Whether it broke the contract itself at any moment between the two: then its silence is no lie of the detector's. */
    synchronized boolean wasLateBetween(long fromMs, long toMs) {
        return lateAttempts.stream()
                .anyMatch(at -> at >= fromMs && at <= toMs + mode.interval().toMillis());
    }

    /** Whether it ever broke the contract itself. */
    synchronized boolean wasLate() {
        return !lateAttempts.isEmpty();
    }

    @Override
    public synchronized String toString() {
        return "died at %s, %d attempts, %d acknowledged, late at %s"
                .formatted(isDead() ? diedAtMs : "never", attempts, acknowledgements, lateAttempts);
    }
}
