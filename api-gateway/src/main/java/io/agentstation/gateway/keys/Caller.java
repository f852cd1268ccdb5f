package io.agentstation.gateway.keys;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.store.keys.Grant;
import java.util.UUID;

/** Who sent the request; found by {@link AuthenticationFilter} and handed to controllers as a request attribute. */
public sealed interface Caller {

    /** Name of the request attribute. */
    String ATTRIBUTE = "io.agentstation.caller";

    /**
     * The holder of an API key.
     *
     * @throws RequestRefused 403 when the caller is an agent
     */
    User user();

    /**
     * A person or program with an API key.
     *
     * @param owner shown as {@code triggered_by}
     */
    record User(String keyId, Grant grant, UUID owner) implements Caller {

        /** The tenant: the only one whose things this caller reaches. */
        public WorkspaceId workspace() {
            return grant.workspace();
        }

        @Override
        public User user() {
            return this;
        }

        /**
         * This caller, as one who may act for the Station.
         *
         * @throws RequestRefused 403 when the key has not its scope
         */
        public User station() {
            if (!grant.station()) {
                throw RequestRefused.forbidden("Only the Station (control plane) can KILL an agent");
            }
            return this;
        }
    }

    /** An agent with its own token. */
    record Agent(AgentId id) implements Caller {
        @Override
        public User user() {
            throw forbidden();
        }
    }

    /** 403: an agent's token opens only its own heartbeats, metrics and the end of its drain. */
    static RequestRefused forbidden() {
        return RequestRefused.forbidden(
                "Forbidden: an agent's token is accepted only for its own heartbeats, metrics and the end of its drain");
    }
}
