package io.agentstation.provisioner.reconciliation;

import io.agentstation.contracts.ids.AgentId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent that is not yet as desired.
 *
 * @param asked    commands whose final outcome is still due
 * @param attempts made so far
 * @param reason   why it is not as desired, in words; null when it only has to be looked at
 * @param told     the reason that was last published as Failed, or null
 */
record Unfinished(
        int partition,
        AgentId agent,
        List<Asked> asked,
        int attempts,
        @Nullable String reason,
        @Nullable String told) {

    // More commands than that for an agent that cannot be made true: the oldest lose their final outcome.
    private static final int MOST_ASKED = 100;

    Unfinished {
        List<Asked> distinct = new ArrayList<>(new LinkedHashSet<>(asked));
        asked = List.copyOf(distinct.subList(Math.max(0, distinct.size() - MOST_ASKED), distinct.size()));
    }

    static Unfinished toLookAt(int partition, AgentId agent) {
        return new Unfinished(partition, agent, List.of(), 0, null, null);
    }

    Unfinished with(List<Asked> more) {
        List<Asked> all = new ArrayList<>(asked);
        all.addAll(more);
        return new Unfinished(partition, agent, all, attempts, reason, told);
    }

    Unfinished triedAgain(@Nullable String why) {
        return new Unfinished(partition, agent, asked, attempts + 1, why, told);
    }

    Unfinished toldOf(String published) {
        return new Unfinished(partition, agent, asked, attempts, reason, published);
    }
}
