package io.agentstation.gateway.operations;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.store.agents.AgentRow;
import java.util.Optional;

/** What is asked of an agent: the command, when it is legal, and by what one sees that it was done. */
sealed interface Change
        permits Respecify, Change.Scale, Change.Restart, Change.Drain, Change.Drained, Change.Resume, Change.Kill {

    /** Which operation it is. */
    Kind kind();

    /** The command that asks for it. */
    AgentCommand command(AgentCommand.Meta meta);

    /** That it was done, as a sentence. */
    default String sentence() {
        return kind().sentence();
    }

    /** That nothing had to be done, as a sentence; {@code reason} is the provisioner's. */
    default String unchanged(String reason) {
        return reason;
    }

    /** What the agent would then be asked to be. */
    default AgentSpec applied(AgentSpec before) {
        return before;
    }

    /** Why the agent, which lives and whose end was not asked for, cannot have it now; empty when it can. */
    default Optional<String> objection(AgentState state) {
        return Optional.empty();
    }

    /** Whether the row shows it. */
    default boolean isSeen(AgentRow row) {
        return true;
    }

    /** Another number of replicas. */
    record Scale(int replicas) implements Change {
        @Override
        public Kind kind() {
            return Kind.SCALE;
        }

        @Override
        public AgentCommand command(AgentCommand.Meta meta) {
            return new AgentCommand.Scale(meta, replicas);
        }

        @Override
        public String sentence() {
            return "Agent scaled to " + replicas;
        }

        @Override
        public AgentSpec applied(AgentSpec before) {
            return before.withReplicas(replicas);
        }

        @Override
        public boolean isSeen(AgentRow row) {
            return row.spec().replicas() == replicas;
        }
    }

    /** New pods, rolling. */
    record Restart() implements Change {
        @Override
        public Kind kind() {
            return Kind.RESTART;
        }

        @Override
        public AgentCommand command(AgentCommand.Meta meta) {
            return new AgentCommand.Restart(meta);
        }

        @Override
        public Optional<String> objection(AgentState state) {
            return state == AgentState.DRAINING
                    ? Optional.of("Agent is DRAINING, a restart would cut its work short: resume it first")
                    : Optional.empty();
        }
    }

    /** To finish the work at hand and end. */
    record Drain(int timeoutSeconds) implements Change {
        @Override
        public Kind kind() {
            return Kind.DRAIN;
        }

        @Override
        public AgentCommand command(AgentCommand.Meta meta) {
            return new AgentCommand.Drain(meta, timeoutSeconds);
        }

        @Override
        public String sentence() {
            return "Agent is draining, for " + timeoutSeconds + " s at most";
        }

        // The newest drain says for how long.
        @Override
        public String unchanged(String reason) {
            return sentence();
        }

        @Override
        public Optional<String> objection(AgentState state) {
            return state == AgentState.ACTIVE || state == AgentState.DRAINING
                    ? Optional.empty()
                    : Optional.of("Agent is " + state + ": only an ACTIVE agent has work to finish, delete it instead");
        }
    }

    /** The drain is over: the agent has finished. */
    record Drained() implements Change {
        @Override
        public Kind kind() {
            return Kind.DRAINED;
        }

        @Override
        public AgentCommand command(AgentCommand.Meta meta) {
            return AgentCommand.Deprovision.afterDrain(meta);
        }

        @Override
        public Optional<String> objection(AgentState state) {
            return state == AgentState.DRAINING
                    ? Optional.empty()
                    : Optional.of("Agent is " + state + ": it was not asked to drain, or was resumed");
        }
    }

    /** A drain taken back. */
    record Resume() implements Change {
        @Override
        public Kind kind() {
            return Kind.RESUME;
        }

        @Override
        public AgentCommand command(AgentCommand.Meta meta) {
            return new AgentCommand.Resume(meta);
        }

        @Override
        public Optional<String> objection(AgentState state) {
            return state == AgentState.ACTIVE || state == AgentState.DRAINING
                    ? Optional.empty()
                    : Optional.of("Agent is " + state + ": only a DRAINING agent can be resumed");
        }
    }

    /** The end, by the Station's decision. */
    record Kill() implements Change {
        @Override
        public Kind kind() {
            return Kind.KILL;
        }

        @Override
        public AgentCommand command(AgentCommand.Meta meta) {
            return new AgentCommand.Kill(meta);
        }
    }
}
