package io.agentstation.liveness.detection;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Issuer;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.NamedUuid;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.policies.UnhealthyPolicy.Action;
import io.agentstation.contracts.ticks.Stalls;
import io.agentstation.liveness.facts.AgentFacts;
import io.agentstation.liveness.facts.Vitals;
import io.agentstation.liveness.silence.LastHeartbeat;
import io.agentstation.liveness.watch.WatchTable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The policy {@code on_unhealthy}: so many further missed intervals after UNHEALTHY the agent is restarted or killed, once
 * for each silence. Time in which it could not have been heard does not count against it, like before UNHEALTHY.
 */
final class OnUnhealthy {

    /** The issuer's name and the reason of the commands. */
    static final String REASON = "on_unhealthy";

    private final Criteria criteria;

    OnUnhealthy(Criteria criteria) {
        this.criteria = criteria;
    }

    /** The last moment at which the policy does not act yet, {@link WatchTable#NEVER} when it will not act at all. */
    long dueMs(AgentFacts facts, @Nullable LastHeartbeat last, Stalls stalls) {
        if (last == null || !new Vitals(facts, last).awaitRemedy()) {
            return WatchTable.NEVER;
        }
        UnhealthyPolicy policy = policy(facts);
        if (!mayAct(policy.action(), facts)) {
            return WatchTable.NEVER;
        }
        long further = policy.afterIntervals() * criteria.settings().intervalMs(last.mode());
        return Math.max(facts.unhealthyAtMs() + further, criteria.rule().deadlineMs(last, stalls));
    }

    /** The command, with the same id for the same silence, so that whoever reads it twice knows it. */
    AgentCommand command(AgentFacts facts, LastHeartbeat last, long nowMs) {
        Action action = policy(facts).action();
        String silence = REASON + "/" + action.wireName() + "/" + last.atMs();
        AgentCommand.Meta meta = new AgentCommand.Meta(
                facts.agentId(),
                new CommandId(NamedUuid.of(facts.agentId().value(), silence)),
                new Issuer(Issuer.Kind.STATION, REASON),
                Instant.ofEpochMilli(nowMs),
                REASON);
        return action == Action.KILL ? new AgentCommand.Kill(meta) : new AgentCommand.Restart(meta);
    }

    // A draining agent was asked to end: it is not started again.
    private static boolean mayAct(Action action, AgentFacts facts) {
        return switch (action) {
            case KILL -> true;
            case RESTART -> facts.state().filter(AgentState.ACTIVE::equals).isPresent();
            case NONE, INHERIT -> false;
        };
    }

    private UnhealthyPolicy policy(AgentFacts facts) {
        return facts.workspace()
                .map(criteria.policies()::of)
                .map(facts.policy()::or)
                .orElse(UnhealthyPolicy.NONE);
    }
}
