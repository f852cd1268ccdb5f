package io.agentstation.gateway.heartbeats;

import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.keys.Caller;

/**
 * The agent that does not exist and in whose name gateways probe themselves: its token is derived from the station key
 * like any other, so a probe is checked like any heartbeat, and nobody without the key can send one.
 */
public final class ProbeAgent {

    /** A UUIDv7 of the first millisecond of 1970, which no agent can have. */
    public static final AgentId ID = AgentId.of("00000000-0000-7000-8000-000000000000");

    private ProbeAgent() {}

    /** The credential of a probe. */
    public static String token(StationKey key) {
        return AgentToken.of(key, ID);
    }

    /** Whether the caller is that agent, and speaks of itself. */
    public static boolean is(Caller caller, AgentId agent) {
        return agent.equals(ID)
                && caller instanceof Caller.Agent itself
                && itself.id().equals(ID);
    }
}
