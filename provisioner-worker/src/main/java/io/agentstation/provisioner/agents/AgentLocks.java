package io.agentstation.provisioner.agents;

import io.agentstation.contracts.ids.AgentId;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * One actor at a time for each agent: commands, retries, walks and status reports. Striped, so that an agent sometimes
 * waits for another; reentrant.
 */
public final class AgentLocks {

    private static final int STRIPES = 1024;

    private final ReentrantLock[] locks =
            IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    /** Runs the task when no other runs for the agent; waits. */
    public void run(AgentId agent, Runnable task) {
        ReentrantLock lock = of(agent);
        lock.lock();
        try {
            task.run();
        } finally {
            lock.unlock();
        }
    }

    /** Runs the task if no other runs for the agent now; returns whether it ran. */
    public boolean tryRun(AgentId agent, Runnable task) {
        ReentrantLock lock = of(agent);
        if (!lock.tryLock()) {
            return false;
        }
        try {
            task.run();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private ReentrantLock of(AgentId agent) {
        return locks[Math.floorMod(agent.hashCode(), STRIPES)];
    }
}
