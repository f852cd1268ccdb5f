package io.agentstation.contracts.commands;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.SpecPatch;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One imperative about one agent, on {@code agent.commands}.
 *
 * <p>Commands are deltas: the desired state is their fold in offset order. A command that is read twice is recognised by
 * its offset. None carries a secret.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AgentCommand.Provision.class, name = "agent.provision.v1"),
    @JsonSubTypes.Type(value = AgentCommand.Update.class, name = "agent.update.v1"),
    @JsonSubTypes.Type(value = AgentCommand.Scale.class, name = "agent.scale.v1"),
    @JsonSubTypes.Type(value = AgentCommand.Restart.class, name = "agent.restart.v1"),
    @JsonSubTypes.Type(value = AgentCommand.Drain.class, name = "agent.drain.v1"),
    @JsonSubTypes.Type(value = AgentCommand.Resume.class, name = "agent.resume.v1"),
    @JsonSubTypes.Type(value = AgentCommand.Deprovision.class, name = "agent.deprovision.v1"),
    @JsonSubTypes.Type(value = AgentCommand.Kill.class, name = "agent.kill.v1")
})
public sealed interface AgentCommand {

    /** Who, what, when and why: the same for every command. */
    Meta meta();

    /** Calls the function of this command's type; a new type breaks every caller at compile time. */
    <R> R match(Cases<R> cases);

    /** The agent it is about. */
    @JsonIgnore
    default AgentId agentId() {
        return meta().agentId();
    }

    /** Its own id. */
    @JsonIgnore
    default CommandId commandId() {
        return meta().commandId();
    }

    /** Which operation it asks for. */
    @JsonIgnore
    default Operation operation() {
        return match(new Cases<>(
                c -> Operation.PROVISION,
                c -> Operation.UPDATE,
                c -> Operation.SCALE,
                c -> Operation.RESTART,
                c -> Operation.DRAIN,
                c -> Operation.RESUME,
                c -> Operation.DEPROVISION,
                c -> Operation.KILL));
    }

    /**
     * What every command says of itself.
     *
     * @param reason a sentence for people and for the lifecycle, or null
     */
    record Meta(
            AgentId agentId,
            CommandId commandId,
            Issuer issuer,
            Instant issuedAt,
            @Nullable String reason) {}

    /** Make this agent exist, with this whole specification. */
    record Provision(Meta meta, AgentSpec spec) implements AgentCommand {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.provision.apply(this);
        }
    }

    /** Change some fields of the specification. */
    record Update(Meta meta, SpecPatch patch) implements AgentCommand {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.update.apply(this);
        }
    }

    /** Run this many replicas. */
    record Scale(Meta meta, int replicas) implements AgentCommand {
        public Scale {
            if (replicas < 0) {
                throw new IllegalArgumentException("replicas must be at least 0: " + replicas);
            }
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.scale.apply(this);
        }
    }

    /** Replace its pods, rolling. */
    record Restart(Meta meta) implements AgentCommand {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.restart.apply(this);
        }
    }

    /** Finish the work at hand within this many seconds, then be deprovisioned. */
    record Drain(Meta meta, long timeoutSeconds) implements AgentCommand {
        public Drain {
            if (timeoutSeconds < 1) {
                throw new IllegalArgumentException("timeout_seconds must be at least 1: " + timeoutSeconds);
            }
        }

        /** How long the drain may take. */
        @JsonIgnore
        public Duration timeout() {
            return Duration.ofSeconds(timeoutSeconds);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.drain.apply(this);
        }
    }

    /** Take a drain back. */
    record Resume(Meta meta) implements AgentCommand {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.resume.apply(this);
        }
    }

    /**
     * Remove everything of it from the cluster: ends in TERMINATED.
     *
     * @param endsDrain true when it only is to end a drain: of an agent that was resumed meanwhile nothing is removed
     */
    record Deprovision(Meta meta, @Nullable Boolean endsDrain) implements AgentCommand {
        /** Whatever the agent does. */
        public Deprovision(Meta meta) {
            this(meta, null);
        }

        /** The end of a drain: because it is done, or has taken long enough. */
        public static Deprovision afterDrain(Meta meta) {
            return new Deprovision(meta, true);
        }

        /** Whether it only holds for an agent that drains. */
        @JsonIgnore
        public boolean onlyEndsDrain() {
            return Boolean.TRUE.equals(endsDrain);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.deprovision.apply(this);
        }
    }

    /** Remove everything of it at once, by the Station's decision: ends in KILLED. */
    record Kill(Meta meta) implements AgentCommand {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.kill.apply(this);
        }
    }

    /** One function for each type of command. */
    record Cases<R>(
            Function<Provision, R> provision,
            Function<Update, R> update,
            Function<Scale, R> scale,
            Function<Restart, R> restart,
            Function<Drain, R> drain,
            Function<Resume, R> resume,
            Function<Deprovision, R> deprovision,
            Function<Kill, R> kill) {}
}
