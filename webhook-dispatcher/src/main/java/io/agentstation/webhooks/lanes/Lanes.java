package io.agentstation.webhooks.lanes;

import io.agentstation.store.webhooks.RetryOwner;
import io.agentstation.webhooks.sending.Sender;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Every lane of the partitions that this dispatcher owns. At least once: what {@link #take} has returned for is delivered,
 * given up after its window, or stored and tried again by whoever owns the partition then.
 */
public final class Lanes {

    // A batch whose endpoints all answer promptly may take this many times as long as one message may be tried.
    private static final int MOST_STORE_AFTERS = 8;
    private static final int SLICES = 5;

    // An event may go to many subscriptions, each with a lane to be read and written.
    private static final int MOST_AT_A_TIME = 1_000;
    // Of all readers: less than a crowd at an endpoint's gate, which would be stored first.
    private static final int MOST_OF_ALL = 2_000;

    private record Offered(Lane lane, CompletableFuture<?> settled) {}

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

    /** Wakes the lanes whose time has come; to be called often. */
    public void tick() {
        shards.values().forEach(ShardLanes::tick);
        recoveries.tick(shards.values(), tools.now());
    }

    /**
     * Takes messages into their lanes, those of one lane in this order; returns when each is delivered or stored.
     *
     * @throws LaneBroken when that is not so of all of them: then they are to be offered again
     */
    public void take(List<Offer> offers, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        int share = Math.max(1, MOST_OF_ALL / tools.settings().readers());
        int most = Math.min(MOST_AT_A_TIME, share);
        for (int from = 0; from < offers.size(); from += most) {
            takeSome(offers.subList(from, Math.min(offers.size(), from + most)), deadline);
        }
    }

    private void takeSome(List<Offer> offers, long deadline) {
        List<Offered> offered = offer(offers, deadline);
        CompletableFuture<?> all =
                CompletableFuture.allOf(offered.stream().map(Offered::settled).toArray(CompletableFuture[]::new));
        if (!settlesWhileMoving(all, offered)) {
            unsettled(offered).forEach(Lane::storeFresh);
            if (!settles(all, deadline - System.nanoTime())) {
                throw new LaneBroken("messages could not be stored in time", null);
            }
        }
        offers.stream()
                .map(Offer::owner)
                .distinct()
                .forEach(owner -> shard(owner).trim());
    }

    /** Waits while endpoints answer promptly; whoever's does not is stored, so that nobody waits for it. */
    private boolean settlesWhileMoving(CompletableFuture<?> all, List<Offered> offered) {
        Duration storeAfter = tools.settings().storeAfter();
        long slice = storeAfter.toNanos() / SLICES;
        for (int slices = 0; slices < SLICES * MOST_STORE_AFTERS; slices++) {
            if (settles(all, slice)) {
                return true;
            }
            unsettled(offered).forEach(lane -> lane.storeWhatHangs(storeAfter));
        }
        return false;
    }

    private static Stream<Lane> unsettled(List<Offered> offered) {
        return offered.stream().filter(each -> !each.settled().isDone()).map(Offered::lane);
    }

    private ShardLanes shard(RetryOwner owner) {
        ShardLanes shard = shards.get(owner);
        if (shard == null) {
            throw new LaneBroken("partition " + owner + " is not this dispatcher's", null);
        }
        return shard;
    }

    private List<Offered> offer(List<Offer> offers, long deadline) {
        CompletableFuture<?>[] ready = offers.stream()
                .map(Offer::owner)
                .distinct()
                .map(owner -> shard(owner).calendar().ready())
                .toArray(CompletableFuture[]::new);
        if (!settles(CompletableFuture.allOf(ready), deadline - System.nanoTime())) {
            throw new LaneBroken("the schedule of retries could not be read in time", null);
        }
        List<CompletableFuture<Lane>> lanes = offers.stream()
                .map(offer -> shard(offer.owner()).laneFor(offer))
                .toList();
        if (!settles(CompletableFuture.allOf(lanes.toArray(CompletableFuture[]::new)), deadline - System.nanoTime())) {
            throw new LaneBroken("lanes could not be read in time", null);
        }
        List<Offered> offered = new ArrayList<>();
        for (int i = 0; i < offers.size(); i++) {
            Offer offer = offers.get(i);
            Lane lane = lanes.get(i).join();
            offered.add(new Offered(lane, lane.offer(offer.webhook(), offer.sequence(), offer.message())));
        }
        return offered;
    }

    private static boolean settles(CompletableFuture<?> all, long nanos) {
        try {
            all.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new LaneBroken("messages could not be stored", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaneBroken("interrupted while messages were delivered", e);
        }
    }
}
