package io.agentstation.gateway.lifecycle;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.store.session.Deadline;
import io.agentstation.store.session.StoreUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Decides whose heartbeats and metrics are taken: live agents', from themselves or from keys of their workspace. */
public final class ReportAdmission {

    /** Below what an agent waits for an answer in its most urgent mode. */
    private static final Duration AGENTS_PATIENCE = Duration.ofMillis(300);

    private static final Duration KEYS_PATIENCE = Duration.ofSeconds(3);
    private static final Duration STORE_REST = Duration.ofSeconds(1);

    private final AgentStandings standings;
    private final LongSupplier nanoTime;
    private volatile long storeRestsUntil;

    ReportAdmission(AgentStandings standings, LongSupplier nanoTime) {
        this.standings = standings;
        this.nanoTime = nanoTime;
        this.storeRestsUntil = nanoTime.getAsLong();
    }

    /**
     * The agent's state when its report may be taken; empty when it is an agent's own and the store cannot say now: the
     * detector ignores what comes from an agent that is gone.
     *
     * @throws RequestRefused   404 for an unknown agent or another's, 410 for one that is gone or leaving
     * @throws StoreUnavailable when a key's right to this agent cannot be checked
     */
    public Optional<AgentState> admit(Caller caller, AgentId agent) {
        if (caller instanceof Caller.Agent itself) {
            if (!itself.id().equals(agent)) {
                throw RequestRefused.agentNotFound();
            }
            return admitItself(agent);
        }
        AgentStanding standing = await(standings.of(agent), KEYS_PATIENCE)
                .filter(found -> found.workspace().equals(caller.user().workspace()))
                .orElseThrow(RequestRefused::agentNotFound);
        return Optional.of(stateOf(standing));
    }

    /** From now on nothing more is taken for this agent here: its end was asked for. */
    public void endAskedFor(AgentId agent) {
        standings.leaving(agent);
    }

    private Optional<AgentState> admitItself(AgentId agent) {
        CompletableFuture<Optional<AgentStanding>> standing = standings.of(agent);
        if (!standing.isDone() && nanoTime.getAsLong() - storeRestsUntil < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(stateOf(await(standing, AGENTS_PATIENCE).orElseThrow(RequestRefused::agentNotFound)));
        } catch (StoreUnavailable e) {
            // Others need not wait as long to learn the same.
            storeRestsUntil = nanoTime.getAsLong() + STORE_REST.toNanos();
            return Optional.empty();
        }
    }

    private static AgentState stateOf(AgentStanding standing) {
        if (standing.isGone()) {
            throw new RequestRefused(
                    HttpStatus.GONE, "agent_gone", "Agent is terminated or about to be: nothing was recorded");
        }
        return standing.state();
    }

    private static Optional<AgentStanding> await(
            CompletableFuture<Optional<AgentStanding>> standing, Duration patience) {
        try {
            return standing.copy()
                    .orTimeout(Deadline.current().atMost(patience).toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof StoreUnavailable || cause instanceof TimeoutException) {
                throw new StoreUnavailable("an agent's state is not known: " + reason(cause), cause);
            }
            throw e;
        }
    }

    private static String reason(@Nullable Throwable cause) {
        return cause instanceof TimeoutException ? "the store took too long" : String.valueOf(cause);
    }
}
