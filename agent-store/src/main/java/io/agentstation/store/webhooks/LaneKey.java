package io.agentstation.store.webhooks;

import io.agentstation.contracts.ids.AgentId;
import java.util.UUID;

/**
 * A lane: what goes to one subscription about one agent, one after another.
 *
 * @param stream {@link #LIVE} for what happens, or the order (a replay, a redelivery) that sends something again
 */
public record LaneKey(UUID webhook, UUID stream, AgentId agent) {

    /** The stream of what happens. */
    public static final UUID LIVE = new UUID(0, 0);

    /** The lane of what happens. */
    public static LaneKey live(UUID webhook, AgentId agent) {
        return new LaneKey(webhook, LIVE, agent);
    }
}
