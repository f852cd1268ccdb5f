package io.agentstation.liveness.facts;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.NamedUuid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which commands an agent was given and which answers were already told, so that a repeated answer tells nothing twice.
 *
 * <p>An answer that overtook its command waits for it. Bounded: the oldest answered commands are forgotten first.
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
final class Outcomes {

    private static final int MAX_REMEMBERED = 16;
    private static final int MAX_UNANSWERED = 128;
    private static final int MAX_WAITING = 32;
    private static final int MAX_REASONS = 8;

    /** A command that was given, and what was told of its answers. */
    record Memo(long offset, String triggeredBy, @Nullable String reason, boolean settled, Set<UUID> failures) {

        Memo after(Outcome outcome) {
            if (!outcome.isFailure()) {
                return new Memo(offset, triggeredBy, reason, true, failures);
            }
            Set<UUID> more = new HashSet<>(failures);
            more.add(reasonId(outcome));
            return new Memo(offset, triggeredBy, reason, settled, more);
        }

        boolean isNews(Outcome outcome) {
            return outcome.isFailure()
                    ? failures.size() < MAX_REASONS && !failures.contains(reasonId(outcome))
                    : !settled;
        }
    }

    // A reason's name-based id instead of the reason: what is kept for one agent has to stay small.
    private static UUID reasonId(Outcome outcome) {
        return NamedUuid.of(outcome.commandId().value(), String.valueOf(outcome.reason()));
    }

    private Map<String, Memo> commands = new LinkedHashMap<>();
    private List<Outcome> waiting = new ArrayList<>();

    void given(AgentCommand command, long offset) {
        String id = command.commandId().toString();
        String reason = Asked.brief(command.meta().reason());
        commands.putIfAbsent(id, new Memo(offset, Asked.triggeredBy(command), reason, false, Set.of()));
        if (commands.size() > MAX_REMEMBERED) {
            forgetOldest(Memo::settled);
        }
        if (commands.size() > MAX_UNANSWERED) {
            forgetOldest(memo -> true);
        }
    }

    void answered(Outcome outcome) {
        if (!waiting.contains(outcome)) {
            waiting.add(outcome);
        }
        if (waiting.size() > MAX_WAITING) {
            waiting.remove(0);
        }
    }

    /** Takes the answers that can be told now: their command is known, and they are news. */
    List<Outcome> takeTellable() {
        List<Outcome> tellable = new ArrayList<>();
        for (Outcome outcome : List.copyOf(waiting)) {
            Memo memo = commands.get(outcome.commandId().toString());
            if (memo != null) {
                waiting.remove(outcome);
                if (memo.isNews(outcome)) {
                    commands.put(outcome.commandId().toString(), memo.after(outcome));
                    tellable.add(outcome);
                }
            }
        }
        return tellable;
    }

    @Nullable
    String triggeredBy(CommandId command) {
        Memo memo = commands.get(command.toString());
        return memo == null ? null : memo.triggeredBy;
    }

    /** Why the command was given, as far as its issuer said. */
    @Nullable
    String reason(CommandId command) {
        Memo memo = commands.get(command.toString());
        return memo == null ? null : memo.reason;
    }

    private void forgetOldest(Predicate<Memo> which) {
        commands.entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .min(Comparator.comparingLong(entry -> entry.getValue().offset()))
                .ifPresent(oldest -> commands.remove(oldest.getKey()));
    }
}
