package io.agentstation.webhooks.lanes;

import io.agentstation.store.webhooks.RetryOwner;
import io.agentstation.webhooks.sending.Sender;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/**
 * Every lane of the partitions that this dispatcher owns. At least once: what {@link #take} has returned for is delivered,
 * given up after its window, or stored and tried again by whoever owns the partition then.
 */
public final class Lanes {

    private final Map<RetryOwner, ShardLanes> shards = new ConcurrentHashMap<>();
    private final Recoveries recoveries;
    private final LaneTools tools;

    /**
     * Lanes in these tables.
     *
     * @param executor wakes lanes, and waits for the store; stays open
     */
    public Lanes(
            LaneTables tables,
            Sender sender,
            AttemptLog log,
            RetryPolicy policy,
            LaneSettings settings,
            Clock clock,
            ScheduledExecutorService executor) {
        EndpointGates gates = new EndpointGates(settings.concurrency(), settings.storeAfter(), executor);
        this.recoveries = new Recoveries(tables, gates, Math.min(settings.recovering(), settings.concurrency()));
        this.tools = new LaneTools(
                tables,
                sender,
                log,
                new EndpointHealth(tables.webhooks(), tables.health(), settings.disableAfter(), executor),
                gates,
                recoveries,
                policy,
                settings,
                clock,
                executor);
    }

    /** Takes partitions over; what waits in their lanes is read soon. */
    public void assigned(Collection<RetryOwner> owners) {
        owners.forEach(owner -> shards.computeIfAbsent(owner, nothing -> new ShardLanes(owner, tools))
                .tick());
    }

    /** Lets partitions go. */
    public void revoked(Collection<RetryOwner> owners) {
        owners.forEach(owner -> {
            ShardLanes shard = shards.remove(owner);
            if (shard != null) {
                shard.close();
            }
        });
    }

    /** How many lanes are in memory. */
    public int inMemory() {
        return shards.values().stream().mapToInt(ShardLanes::size).sum();
    }

    /** Wakes the lanes whose time has come; to be called often. */
    public void tick() {
        shards.values().forEach(ShardLanes::tick);
        recoveries.tick(shards.values(), tools.now());
    }

    /**
     * Takes messages into their lanes, those of one lane in this order; returns when each is delivered or stored. Those for
     * endpoints that answer well go first: what the others cost is no part of their latency.
     *
     * @throws LaneBroken when that is not so of all of them: then they are to be offered again
     */
    public void take(List<Offer> offers, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        Map<UUID, Boolean> trusted = new HashMap<>();
        Map<Boolean, List<Offer>> trustedOrNot = offers.stream()
                .collect(Collectors.partitioningBy(
                        offer -> trusted.computeIfAbsent(offer.webhook().id(), this::isTrusted)));
        OfferTaking taking = new OfferTaking(this::shard, tools, deadline);
        taking.take(trustedOrNot.getOrDefault(true, List.of()));
        taking.take(trustedOrNot.getOrDefault(false, List.of()));
    }

    private boolean isTrusted(UUID webhook) {
        return tools.gates().of(webhook).isTrusted(tools.now());
    }

    private ShardLanes shard(RetryOwner owner) {
        ShardLanes shard = shards.get(owner);
        if (shard == null) {
            throw new LaneBroken("partition " + owner + " is not this dispatcher's", null);
        }
        return shard;
    }
}
