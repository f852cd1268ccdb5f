package io.agentstation.webhooks.lanes;

import io.agentstation.store.webhooks.RetryOwner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;

/** Takes messages into their lanes, some at a time, until they are delivered or stored. */
final class OfferTaking {

    // A batch whose endpoints all answer promptly may take this many times as long as one message may be tried.
    private static final int MOST_STORE_AFTERS = 8;
    private static final int SLICES = 5;

    // An event may go to many subscriptions, each with a lane to be read and written.
    private static final int MOST_AT_A_TIME = 1_000;
    // Of all readers: less than a crowd at an endpoint's gate, which would be stored first.
    private static final int MOST_OF_ALL = EndpointGate.CROWD - 48;

    private record Offered(Lane lane, CompletableFuture<?> settled) {}

    private final Function<RetryOwner, ShardLanes> shards;
    private final LaneTools tools;
    private final long deadline;

    /**
     * Into these lanes.
     *
     * @param shards   the lanes of a partition; throws {@link LaneBroken} when it is another dispatcher's
     * @param deadline as {@link System#nanoTime} will tell it
     */
    OfferTaking(Function<RetryOwner, ShardLanes> shards, LaneTools tools, long deadline) {
        this.shards = shards;
        this.tools = tools;
        this.deadline = deadline;
    }

    /**
     * Takes them; returns when each is delivered or stored.
     *
     * @throws LaneBroken when that is not so of all of them
     */
    void take(List<Offer> offers) {
        int share = Math.max(1, MOST_OF_ALL / tools.settings().readers());
        int most = Math.min(MOST_AT_A_TIME, share);
        for (int from = 0; from < offers.size(); from += most) {
            takeSome(offers.subList(from, Math.min(offers.size(), from + most)));
        }
    }

    private void takeSome(List<Offer> offers) {
        List<Offered> offered = offer(offers);
        CompletableFuture<?> all =
                CompletableFuture.allOf(offered.stream().map(Offered::settled).toArray(CompletableFuture[]::new));
        if (!settlesWhileMoving(all, offered)) {
            unsettled(offered).forEach(Lane::storeFresh);
            if (!settles(all, deadline - System.nanoTime())) {
                throw new LaneBroken("messages could not be stored in time", null);
            }
        }
        offers.stream()
                .filter(this::isForADoubtfulOne)
                .forEach(offer -> shards.apply(offer.owner()).letGo(offer.lane()));
        offers.stream()
                .map(Offer::owner)
                .distinct()
                .forEach(owner -> shards.apply(owner).trim());
    }

    // Thousands of agents' lanes may wait for one; in memory they only make the collections of garbage longer.
    private boolean isForADoubtfulOne(Offer offer) {
        return !tools.gates().of(offer.lane().webhook()).isTrusted(tools.now());
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

    private List<Offered> offer(List<Offer> offers) {
        CompletableFuture<?>[] ready = offers.stream()
                .map(Offer::owner)
                .distinct()
                .map(owner -> shards.apply(owner).calendar().ready())
                .toArray(CompletableFuture[]::new);
        if (!settles(CompletableFuture.allOf(ready), deadline - System.nanoTime())) {
            throw new LaneBroken("the schedule of retries could not be read in time", null);
        }
        List<CompletableFuture<Lane>> lanes = offers.stream()
                .map(offer -> shards.apply(offer.owner()).laneFor(offer))
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
