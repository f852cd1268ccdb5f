package io.agentstation.store.desired;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one conditional statement or linearizable read at a time go to a partition of Cassandra, in the order in which they come.
 * All rows of a partition share one instance of Paxos: of two rounds at a time one is begun again after a random wait, however
 * different their rows. Saves those repetitions and promises nothing: another process may be at it as well.
 */
final class PaxosTurns {

    private final Map<Integer, ReentrantLock> partitions = new ConcurrentHashMap<>();

    /** What the statement returns, when its turn has come; within it others of the same partition may be run. */
    <T> T of(int partition, Supplier<T> statement) {
        ReentrantLock turn = partitions.computeIfAbsent(partition, fresh -> new ReentrantLock(true));
        turn.lock();
        try {
            return statement.get();
        } finally {
            turn.unlock();
        }
    }
}
