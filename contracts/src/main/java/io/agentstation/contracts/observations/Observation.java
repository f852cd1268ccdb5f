package io.agentstation.contracts.observations;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the provisioner did or saw, on {@code agent.observations}: exactly one outcome per command (repeated when the
 * command is read again), {@link StatusChanged} whenever the cluster's view of an agent changes, and {@link Completed}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Observation.Applied.class, name = "agent.applied.v1"),
    @JsonSubTypes.Type(value = Observation.NoChange.class, name = "agent.no-change.v1"),
    @JsonSubTypes.Type(value = Observation.Rejected.class, name = "agent.rejected.v1"),
    @JsonSubTypes.Type(value = Observation.Failed.class, name = "agent.failed.v1"),
    @JsonSubTypes.Type(value = Observation.Removed.class, name = "agent.removed.v1"),
    @JsonSubTypes.Type(value = Observation.Completed.class, name = "agent.completed.v1"),
    @JsonSubTypes.Type(value = Observation.StatusChanged.class, name = "agent.status-changed.v1")
})
public sealed interface Observation {

    /** The agent it is about. */
    AgentId agentId();

    /** Calls the function of this observation's type; a new type breaks every caller at compile time. */
    <R> R match(Cases<R> cases);

    /**
     * The command was made true on Kubernetes.
     *
     * @param appliedOffset offset of the newest command in the fold that was applied: the clock of the spec columns
     * @param generation    counts the changes of the desired state, from 1
     * @param spec          the specification as applied
     */
    record Applied(
            AgentId agentId,
            CommandId commandId,
            Operation operation,
            long appliedOffset,
            long generation,
            AgentSpec spec)
            implements Observation {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.applied.apply(this);
        }
    }

    /** The command asked for what already was. */
    record NoChange(AgentId agentId, CommandId commandId, Operation operation, String reason) implements Observation {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.noChange.apply(this);
        }
    }

    /** The command can't be done, now or later: for example a scale of an agent that is being deleted. */
    record Rejected(AgentId agentId, CommandId commandId, Operation operation, String reason) implements Observation {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.rejected.apply(this);
        }
    }

    /**
     * The cluster refused or did not answer.
     *
     * @param reason   cause and next step, in words
     * @param retrying whether the provisioner goes on trying
     */
    record Failed(AgentId agentId, CommandId commandId, Operation operation, String reason, boolean retrying)
            implements Observation {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.failed.apply(this);
        }
    }

    /** Nothing of the agent is left on the cluster, and its name is free. */
    record Removed(
            AgentId agentId,
            CommandId commandId,
            Cause cause,
            @Nullable String reason) implements Observation {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.removed.apply(this);
        }
    }

    /**
     * Every container of the agent has ended by itself, and well: only said of one that is to drain. Kubernetes starts them
     * again, so that the moment counts.
     *
     * @param at when the first of them ended, each by its newest end; by the nodes' clocks, in whole seconds
     */
    record Completed(AgentId agentId, Instant at) implements Observation {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.completed.apply(this);
        }
    }

    /**
     * The cluster's view of the agent changed.
     *
     * @param desired {@code TERMINATED} or {@code KILLED} once that was asked for, else null
     * @param status  the Deployment's status, or null when there is no Deployment
     * @param why     why the agent is not as desired, cause and next step in words; null when it is
     */
    record StatusChanged(
            AgentId agentId,
            @Nullable String desired,
            @Nullable DeploymentStatus status,
            @Nullable String why) implements Observation {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.statusChanged.apply(this);
        }
    }

    /** Why nothing is left. */
    enum Cause {
        /** A user, or the end of a drain, asked for it: ends in TERMINATED. */
        DELETED,
        /** The Station asked for it: ends in KILLED. */
        KILLED,
        /** Another live agent owns the name, so nothing was ever applied: ends in TERMINATED. */
        NAME_TAKEN
    }

    /** One function for each type of observation. */
    record Cases<R>(
            Function<Applied, R> applied,
            Function<NoChange, R> noChange,
            Function<Rejected, R> rejected,
            Function<Failed, R> failed,
            Function<Removed, R> removed,
            Function<Completed, R> completed,
            Function<StatusChanged, R> statusChanged) {}
}
