package io.agentstation.liveness.facts;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.observations.Observation.Cause;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything the detector knows of one agent. Facts only grow and a repeated one changes nothing, so that the state,
 * which is a function of them, does not depend on the order in which the topics are read.
 *
 * <p>Stored as JSON by its fields. Not thread-safe.
 */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class AgentFacts {

    final AgentId agentId;
    final long firstSeenMs;

    @Nullable
    WorkspaceId workspace;

    @Nullable
    String name;

    @Nullable
    Asked provision;

    @Nullable
    Asked delete;

    @Nullable
    Asked kill;

    @Nullable
    DrainWish drain;

    @Nullable
    FirstHeard firstHeard;

    @Nullable
    Removal removed;

    boolean applied;
    int replicas;
    long replicasOffset = -1;
    long unwatchedAtMs = -1;
    long drainTimedOutOffset = -1;
    long completedAtMs = -1;

    @Nullable
    Long terminalAtMs;

    Told told = Told.NOTHING;
    Outcomes outcomes = new Outcomes();
    Remedy remedy = new Remedy();

    /** Nothing is known but that a record about this agent was seen, at this log time (epoch milliseconds). */
    @JsonCreator
    public AgentFacts(@JsonProperty("agent_id") AgentId agentId, @JsonProperty("first_seen_ms") long firstSeenMs) {
        this.agentId = agentId;
        this.firstSeenMs = firstSeenMs;
    }

    /** Remembers a command with its offset in {@code agent.commands}; the same command again changes nothing. */
    public void observe(AgentCommand command, long offset, long atMs) {
        outcomes.given(command, offset);
        CommandFacts.fold(this, command, offset, atMs);
    }

    /** Remembers an observation; the same again changes nothing. */
    public void observe(Observation observation) {
        ObservationFacts.fold(this, observation);
    }

    /** Remembers that the agent was heard. */
    public void heard(Heartbeat heartbeat, long atMs) {
        if (firstHeard == null || atMs < firstHeard.atMs()) {
            firstHeard = new FirstHeard(heartbeat.mode(), heartbeat.uptimeSeconds(), atMs);
        }
    }

    public AgentId agentId() {
        return agentId;
    }

    /** When its first record was appended, epoch milliseconds. */
    public long firstSeenMs() {
        return firstSeenMs;
    }

    /** Whether its Provision was seen. */
    public boolean isKnown() {
        return provision != null || told.state() != null;
    }

    /** Whether its last event was told. */
    public boolean isTerminal() {
        return told.isTerminal();
    }

    /** When it became terminal, epoch milliseconds. */
    public Optional<Long> terminalAtMs() {
        return Optional.ofNullable(terminalAtMs);
    }

    /** The number of its newest event, 0 before the first. */
    public long sequence() {
        return told.sequence();
    }

    /** The state that was told last; empty before CREATED. */
    public Optional<AgentState> state() {
        return Optional.ofNullable(told.state());
    }

    /**
     * When its drain is over (epoch milliseconds): when it may take no longer, or its containers had completed; empty when it
     * does not drain, or the end was announced.
     */
    public Optional<Long> drainDueMs() {
        return Optional.ofNullable(drain)
                .filter(wish -> wish.draining() && wish.asked().offset() > drainTimedOutOffset)
                .filter(wish -> provision != null && delete == null && kill == null && removed == null)
                .map(wish -> hasCompletedDrain() ? Math.min(wish.deadlineMs(), completedAtMs) : wish.deadlineMs());
    }

    /** Whether its containers have ended, and well, since it was asked to drain. */
    public boolean hasCompletedDrain() {
        Long askedAtMs = drain == null || !drain.draining() ? null : drain.atMs();
        // Kubernetes tells whole seconds.
        return askedAtMs != null && completedAtMs >= askedAtMs - askedAtMs % 1_000;
    }

    /** Remembers that the end of the drain was announced. Returns the offset of the Drain, or -1 without one. */
    public long drainEndAnnounced() {
        drainTimedOutOffset =
                drain == null ? drainTimedOutOffset : drain.asked().offset();
        return drainTimedOutOffset;
    }

    /** The workspace that it belongs to; empty before its Provision. */
    public Optional<WorkspaceId> workspace() {
        return Optional.ofNullable(workspace);
    }

    /** Its own policy, which may be to have its workspace's. */
    public UnhealthyPolicy policy() {
        return remedy.policy;
    }

    /** When its last silence was told, epoch milliseconds; meaningless unless it {@link Vitals#awaitRemedy}. */
    public long unhealthyAtMs() {
        return remedy.unhealthyAtMs;
    }

    /** Remembers that something was done about its silence. */
    public void remedied() {
        remedy.applied = true;
    }

    /** The state that the facts call for; null while the Provision is unknown. */
    @Nullable
    AgentState target() {
        if (provision == null) {
            return null;
        }
        if (removed != null) {
            return removed.cause() == Cause.KILLED ? AgentState.KILLED : AgentState.TERMINATED;
        }
        if (!applied) {
            return AgentState.NEW;
        }
        if (firstHeard == null) {
            return AgentState.PROVISIONED;
        }
        return delete != null || (drain != null && drain.draining()) ? AgentState.DRAINING : AgentState.ACTIVE;
    }

    /** What has to be remembered of a terminal agent, so that nothing is ever told of it again. */
    public AgentFacts tombstone(long atMs) {
        AgentFacts tombstone = new AgentFacts(agentId, firstSeenMs);
        tombstone.workspace = workspace;
        tombstone.told = told;
        tombstone.terminalAtMs = atMs;
        return tombstone;
    }
}
