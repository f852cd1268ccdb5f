package io.agentstation.provisioner.commands;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Commands that have been read and are not committed, of each partition in the order of the log. They may end in any order; a
 * record is acknowledged when it and all before it have ended, so that no offset is committed before its outcome is published.
 *
 * <p>In memory only: what a process had in work when it ended is read again, and its outcome repeated. Thread-safe.
 */
final class CommandsInWork {

    private final Map<Integer, TreeMap<Long, Command>> partitions = new HashMap<>();
    private final int most;
    private int unfinished;

    /** @param most how many may be in work before the next has to wait */
    CommandsInWork(int most) {
        this.most = most;
    }

    /** One command; to be told once that it has ended. */
    final class Command {

        private final int partition;
        private final long offset;
        private final Acknowledgment acknowledgment;
        private boolean finished;

        private Command(int partition, long offset, Acknowledgment acknowledgment) {
            this.partition = partition;
            this.offset = offset;
            this.acknowledgment = acknowledgment;
        }

        /** Its outcome is published; does nothing when the partition has been taken away meanwhile. */
        void finish() {
            CommandsInWork.this.finish(this);
        }
    }

    /** Waits, at most so long, until fewer than the most are in work; false when they are not. */
    synchronized boolean hasRoom(Duration wait) {
        long giveUp = System.nanoTime() + wait.toNanos();
        while (unfinished >= most) {
            long left = giveUp - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** The record is in work from now on; read again, in place of what it was before. */
    synchronized Command begin(ConsumerRecord<?, ?> received, Acknowledgment acknowledgment) {
        Command command = new Command(received.partition(), received.offset(), acknowledgment);
        Command before = partitions
                .computeIfAbsent(command.partition, partition -> new TreeMap<>())
                .put(command.offset, command);
        if (before == null || before.finished) {
            unfinished++;
        }
        return command;
    }

    /** The record needs no further work, whoever began it. */
    synchronized void finish(ConsumerRecord<?, ?> received) {
        TreeMap<Long, Command> begun = partitions.get(received.partition());
        Command command = begun == null ? null : begun.get(received.offset());
        if (command != null) {
            finish(command);
        }
    }

    /** The partitions are another's, who reads again what has not been committed. */
    synchronized void forget(Collection<Integer> lost) {
        for (int partition : lost) {
            TreeMap<Long, Command> begun = partitions.remove(partition);
            if (begun != null) {
                unfinished -= (int) begun.values().stream()
                        .filter(command -> !command.finished)
                        .count();
            }
        }
        notifyAll();
    }

    private synchronized void finish(Command command) {
        TreeMap<Long, Command> begun = partitions.get(command.partition);
        if (begun == null || begun.get(command.offset) != command || command.finished) {
            return;
        }
        command.finished = true;
        unfinished--;
        List<Command> done =
                begun.values().stream().takeWhile(earlier -> earlier.finished).toList();
        for (Command earlier : done) {
            begun.remove(earlier.offset);
            earlier.acknowledgment.acknowledge();
        }
        notifyAll();
    }
}
