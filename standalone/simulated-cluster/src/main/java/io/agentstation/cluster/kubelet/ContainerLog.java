package io.agentstation.cluster.kubelet;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The last lines that a container wrote. Thread-safe; listeners must only pass the line on. */
public final class ContainerLog {

    private static final int LENGTH = 2_000;

    /** One line and when it was written. */
    public record Line(Instant time, String text) {}

    private final Clock clock;
    private final Deque<Line> lines = new ArrayDeque<>();
    private final List<Consumer<Line>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> endListeners = new CopyOnWriteArrayList<>();
    private boolean ended;

    ContainerLog(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(String text) {
        Line line = new Line(clock.instant(), text);
        lines.addLast(line);
        if (lines.size() > LENGTH) {
            lines.removeFirst();
        }
        listeners.forEach(listener -> listener.accept(line));
    }

    synchronized void end() {
        ended = true;
        endListeners.forEach(Runnable::run);
    }

    /** Runs when the container has ended or its pod is gone, so that nothing more can come; at once if that is so. */
    public synchronized void onEnd(Runnable listener) {
        if (ended) {
            listener.run();
        } else {
            endListeners.add(listener);
        }
    }

    /** The lines that are still there, oldest first. */
    public synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Gives the present lines at once to one listener and all further lines to the other, missing none in between. */
    public synchronized Runnable follow(Consumer<List<Line>> present, Consumer<Line> further) {
        present.accept(List.copyOf(lines));
        listeners.add(further);
        return () -> listeners.remove(further);
    }
}
