package io.agentstation.gateway.operations;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.gateway.agents.UpdateForm.Update;
import io.agentstation.store.agents.AgentRow;
import java.util.Optional;

/** What is asked of an agent: the command, when it is legal, and by what one sees that it was done. */
sealed interface Change {

    /** The command that asks for it. */
    AgentCommand command(AgentCommand.Meta meta);

    /** The event that says that it was done, besides NO_CHANGE. */
    EventType done();

    /** What is asked for, as the subject of a sentence. */
    String subject();

    /** That it was done, as a sentence. */
    String sentence();

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

    /** Whether it asks for the agent's end. */
    default boolean isEnd() {
        return false;
    }

    /** Whether the row shows it. */
    default boolean isSeen(AgentRow row) {
        return true;
    }

    /** Some fields of the specification; the values of its variables are sealed before it is published. */
    record Respecify(Update update, AgentId agent) implements Change {
        @Override
        public AgentCommand command(AgentCommand.Meta meta) {
            return new AgentCommand.Update(meta, update.sealedAs(version(meta.commandId())));
        }

        @Override
        public AgentSpec applied(AgentSpec before) {
            try {
                return before.patched(update.patch());
            } catch (IllegalArgumentException e) {
                // It was checked with what the agent was a moment ago: the fold decides.
                return before;
            }
        }

        /** Under which version the values of this command are sealed. */
        static String version(CommandId command) {
            return command.toString();
        }

        @Override
        public EventType done() {
            return EventType.UPDATED;
        }

        @Override
        public String subject() {
            return "The update of the agent";
        }

        @Override
        public String sentence() {
            return "Agent updated";
        }

        @Override
        public boolean isSeen(AgentRow row) {
            return row.spec().environment().containsAll(update.values().keySet()) && changesNothing(row.spec());
        }

        private boolean changesNothing(AgentSpec spec) {
            try {
                return spec.patched(update.patch()).equals(spec);
            } catch (IllegalArgumentException e) {
                // It does not fit any longer: somebody else's update has come after it.
                return true;
            }
        }
    }

    /** Another number of replicas. */
    record Scale(int replicas) implements Change {
        @Override
        public AgentSpec applied(AgentSpec before) {
            return before.withReplicas(replicas);
        }

        @Override
        public AgentCommand command(AgentCommand.Meta meta) {
            return new AgentCommand.Scale(meta, replicas);
        }

        @Override
        public EventType done() {
            return EventType.SCALED;
        }

        @Override
        public String subject() {
            return "The scale of the agent to " + replicas;
        }

        @Override
        public String sentence() {
            return "Agent scaled to " + replicas;
        }

        @Override
        public boolean isSeen(AgentRow row) {
            return row.spec().replicas() == replicas;
        }
    }

    /** New pods, rolling. */
    record Restart() implements Change {
        @Override
        public AgentCommand command(AgentCommand.Meta meta) {
            return new AgentCommand.Restart(meta);
        }

        @Override
        public EventType done() {
            return EventType.RESTARTED;
        }

        @Override
        public String subject() {
            return "The restart of the agent";
        }

        @Override
        public String sentence() {
            return "Agent restarted";
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
        public AgentCommand command(AgentCommand.Meta meta) {
            return new AgentCommand.Drain(meta, timeoutSeconds);
        }

        @Override
        public EventType done() {
            return EventType.DRAINING;
        }

        @Override
        public String subject() {
            return "The drain of the agent";
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
        public AgentCommand command(AgentCommand.Meta meta) {
            return AgentCommand.Deprovision.afterDrain(meta);
        }

        @Override
        public EventType done() {
            return EventType.TERMINATED;
        }

        @Override
        public String subject() {
            return "The end of the drained agent";
        }

        @Override
        public String sentence() {
            return "Agent drained and terminated";
        }

        @Override
        public Optional<String> objection(AgentState state) {
            return state == AgentState.DRAINING
                    ? Optional.empty()
                    : Optional.of("Agent is " + state + ": it was not asked to drain, or was resumed");
        }

        @Override
        public boolean isEnd() {
            return true;
        }
    }

    /** A drain taken back. */
    record Resume() implements Change {
        @Override
        public AgentCommand command(AgentCommand.Meta meta) {
            return new AgentCommand.Resume(meta);
        }

        @Override
        public EventType done() {
            return EventType.RESUMED;
        }

        @Override
        public String subject() {
            return "The resumption of the agent";
        }

        @Override
        public String sentence() {
            return "Agent resumed";
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
        public AgentCommand command(AgentCommand.Meta meta) {
            return new AgentCommand.Kill(meta);
        }

        @Override
        public EventType done() {
            return EventType.KILLED;
        }

        @Override
        public String subject() {
            return "The kill of the agent";
        }

        @Override
        public String sentence() {
            return "Agent killed";
        }

        @Override
        public boolean isEnd() {
            return true;
        }
    }
}
