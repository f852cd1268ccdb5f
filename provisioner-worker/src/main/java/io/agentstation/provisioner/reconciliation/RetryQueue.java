package io.agentstation.provisioner.reconciliation;

import io.agentstation.contracts.ids.AgentId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agents that are not yet as desired, each with its next attempt; at most so many. In memory only: the desired state is
 * durable, and the walk of a partition's rows finds every agent again.
 */
public final class RetryQueue {

    private static final Logger log = LoggerFactory.getLogger(RetryQueue.class);

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Map<AgentId, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicBoolean overflowed = new AtomicBoolean();
    private final AtomicLong versions = new AtomicLong();
    private final ScheduledExecutorService threads;
    private final int capacity;
    private volatile Consumer<Unfinished> attempt = unfinished -> {};

    /** @param version another one whenever something was asked of the agent */
    private record Entry(Unfinished unfinished, @Nullable Future<?> next, long version) {

        void cancel() {
            if (next != null) {
                next.cancel(false);
            }
        }
    }

    /** With the threads on which attempts are made. */
    public RetryQueue(ScheduledExecutorService threads, int capacity) {
        this.threads = threads;
        this.capacity = capacity;
    }

    /** Says what an attempt is; to be called once, before anything is queued. */
    void attemptBy(Consumer<Unfinished> task) {
        this.attempt = task;
    }

    /** The agent's entry. */
    Optional<Unfinished> of(AgentId agent) {
        return Optional.ofNullable(entries.get(agent)).map(Entry::unfinished);
    }

    /** Why the agent is not as desired, if it has been tried in vain. */
    public Optional<String> reason(AgentId agent) {
        return of(agent).map(Unfinished::reason);
    }

    /** Queues the agent, in place of its earlier entry. */
    void put(Unfinished unfinished, Duration delay) {
        store(unfinished, true, delay);
    }

    /** Remembers the agent without an attempt of its own: a walk or another command comes back to it. */
    void park(Unfinished unfinished) {
        store(unfinished, false, Duration.ZERO);
    }

    /** Makes the agent's next attempt now. */
    void hasten(int partition, AgentId agent) {
        put(of(agent).orElseGet(() -> Unfinished.toLookAt(partition, agent)), Duration.ZERO);
    }

    /**
     * Looks at the agent soon, unless it waits for an attempt anyway: several objects that change become one look. One that is
     * acted on at this moment is looked at afterwards, see {@link #settle}.
     */
    void look(int partition, AgentId agent) {
        Entry known = entries.computeIfPresent(
                agent, (id, entry) -> new Entry(entry.unfinished(), entry.next(), versions.incrementAndGet()));
        if (known == null) {
            put(Unfinished.toLookAt(partition, agent), SOON);
        }
    }

    /** What has been asked of the agent so far, for {@link #settle}; to be read before it is acted on. */
    long version(AgentId agent) {
        Entry entry = entries.get(agent);
        return entry == null ? 0 : entry.version();
    }

    /**
     * The agent is as desired, by an act that began when its entry had this version. When more was asked since, the act may have
     * been past what has changed, and another look follows.
     */
    void settle(AgentId agent, long version) {
        entries.computeIfPresent(agent, (id, entry) -> {
            entry.cancel();
            return entry.version() == version
                    ? null
                    : scheduled(Unfinished.toLookAt(entry.unfinished().partition(), agent), SOON);
        });
    }

    /** Nothing is to be done for the agent any more. */
    void clear(AgentId agent) {
        Optional.ofNullable(entries.remove(agent)).ifPresent(Entry::cancel);
    }

    /** The partitions are another's now. */
    void drop(Collection<Integer> partitions) {
        entries.values().stream()
                .map(Entry::unfinished)
                .filter(unfinished -> partitions.contains(unfinished.partition()))
                .forEach(unfinished -> clear(unfinished.agent()));
    }

    /** Whether, since the last call, an agent found no place: the next walk has to speak for it. */
    boolean takeOverflowed() {
        return overflowed.getAndSet(false);
    }

    private void store(Unfinished unfinished, boolean scheduled, Duration delay) {
        AgentId agent = unfinished.agent();
        if (entries.size() >= capacity && !entries.containsKey(agent)) {
            overflowed.set(true);
            log.atWarn()
                    .addKeyValue("agentId", agent)
                    .addKeyValue("capacity", capacity)
                    .log("Retry queue is full");
            return;
        }
        entries.compute(agent, (id, before) -> {
            if (before != null) {
                before.cancel();
            }
            return scheduled ? scheduled(unfinished, delay) : new Entry(unfinished, null, versions.incrementAndGet());
        });
    }

    private Entry scheduled(Unfinished unfinished, Duration delay) {
        return new Entry(unfinished, schedule(unfinished.agent(), delay), versions.incrementAndGet());
    }

    private Future<?> schedule(AgentId agent, Duration delay) {
        return threads.schedule(() -> attempt(agent), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void attempt(AgentId agent) {
        // Waits for whoever is about to store the entry: a delay of nothing may be over before it is there.
        Entry due = entries.computeIfPresent(agent, (id, entry) -> entry);
        if (due != null) {
            attempt.accept(due.unfinished());
        }
    }
}
