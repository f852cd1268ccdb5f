package io.agentstation.gateway.operations;

import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.store.events.StoredEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event that tells what came of a command.
 *
 * @param isNew whether it has just been told; what came of an older one may have been changed since
 */
record CommandOutcome(
        EventType event,
        AgentState toState,
        long sequence,
        @Nullable String reason,
        boolean isNew) {

    /** Whether an event that the lifecycle has just told is the outcome. After its end an agent has no more events. */
    static boolean isOutcome(LifecycleEvent event, Kind kind, CommandId command) {
        return event.toState().isTerminal() || (command.equals(event.causedBy()) && isAnswer(event.event(), kind));
    }

    static CommandOutcome of(LifecycleEvent event) {
        return new CommandOutcome(
                event.event(), event.toState(), event.sequence(), reason(event.event(), event.metadata()), true);
    }

    /** Looks for it in what the lifecycle has told before, newest first. */
    static Optional<CommandOutcome> among(List<StoredEvent> events, Kind kind, CommandId command) {
        Optional<StoredEvent> own = events.stream()
                .filter(event -> command.equals(event.causedBy()) && isAnswer(event.event(), kind))
                .findFirst();
        return own.or(() -> events.stream()
                        .filter(event -> event.toState().isTerminal())
                        .findFirst())
                .map(event -> new CommandOutcome(
                        event.event(),
                        event.toState(),
                        event.sequence(),
                        reason(event.event(), event.metadata()),
                        false));
    }

    /** Whether what was asked for is so, by this command or already. */
    boolean isDone(Kind kind) {
        boolean hasEnded = event.kind() == EventType.Kind.TRANSITION && toState.isTerminal();
        return switch (kind) {
            // That the end of a drain changed nothing says that the agent was resumed.
            case KILL, DRAINED -> hasEnded;
            default -> event == kind.done() || event == EventType.NO_CHANGE;
        };
    }

    private static boolean isAnswer(EventType event, Kind kind) {
        return event == kind.done() || event == EventType.NO_CHANGE || event == EventType.REJECTED;
    }

    /** Why it is refused or changed nothing; the reason of an end is another's. */
    private static @Nullable String reason(EventType event, Map<String, Object> metadata) {
        Object reason = metadata.get("reason");
        boolean isTheCommands = event == EventType.NO_CHANGE || event == EventType.REJECTED;
        return reason == null || !isTheCommands ? null : reason.toString();
    }
}
