package io.agentstation.gateway.lifecycle;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.store.agents.AgentRow;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What this gateway knows of agents: read from the store when first asked for, kept up to date by lifecycle events, and
 * read again in the background after 30 s, so that no store that is away or slow holds up an agent that is known.
 */
final class AgentStandings {

    private static final int MOST = 200_000;
    private static final Duration REFRESH = Duration.ofSeconds(30);

    private final AsyncLoadingCache<AgentId, AgentStanding> known;

    AgentStandings(Function<AgentId, CompletionStage<Optional<AgentRow>>> rows) {
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST)
                .refreshAfterWrite(REFRESH)
                .buildAsync(new FromRows(rows));
    }

    /** What is known; empty when there is no such agent. A failed stage is not remembered. */
    CompletableFuture<Optional<AgentStanding>> of(AgentId agent) {
        return known.get(agent).thenApply(Optional::ofNullable);
    }

    /** Takes an event in, whether or not its agent is known. */
    void apply(LifecycleEvent event) {
        AgentStanding told = AgentStanding.of(event);
        var unused = known.asMap()
                .compute(
                        event.agentId(),
                        (id, before) -> isKnown(before)
                                ? before.thenApply(standing -> standing.merge(told))
                                : CompletableFuture.completedFuture(told));
    }

    /** Notes that the agent's end was asked for here. */
    void leaving(AgentId agent) {
        change(agent, AgentStanding::asLeaving);
    }

    private void change(AgentId agent, UnaryOperator<AgentStanding> change) {
        var unused = known.asMap()
                .computeIfPresent(agent, (id, before) -> isKnown(before) ? before.thenApply(change) : before);
    }

    /** Forgets everything, since events may have been missed. */
    void forget() {
        known.synchronous().invalidateAll();
    }

    private static boolean isKnown(@Nullable CompletableFuture<AgentStanding> before) {
        return before != null && before.isDone() && !before.isCompletedExceptionally();
    }

    /** Reads rows; an older row than what is known changes nothing. */
    private record FromRows(Function<AgentId, CompletionStage<Optional<AgentRow>>> rows)
            implements AsyncCacheLoader<AgentId, AgentStanding> {

        @Override
        @SuppressWarnings("NullAway") // an absent agent is null by AsyncCacheLoader's contract, which has no annotation
        public CompletableFuture<AgentStanding> asyncLoad(AgentId agent, Executor executor) {
            return rows.apply(agent)
                    .thenApply(row -> row.map(AgentStanding::of).orElse(null))
                    .toCompletableFuture();
        }

        @Override
        public CompletableFuture<AgentStanding> asyncReload(AgentId agent, AgentStanding before, Executor executor) {
            return rows.apply(agent)
                    .thenApply(
                            row -> row.map(AgentStanding::of).map(before::merge).orElse(before))
                    .toCompletableFuture();
        }
    }
}
