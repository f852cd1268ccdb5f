package io.agentstation.gateway.keys;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.errors.RequestRefused;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/** Who sent the request; found by {@link AuthenticationFilter} and handed to controllers as a request attribute. */
public sealed interface Caller {

    /** Name of the request attribute. */
    String ATTRIBUTE = "io.agentstation.caller";

    /** The role of keys that may do what only the Station may. */
    String STATION_ROLE = "station";

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
    record User(String keyId, WorkspaceId workspace, String role, String tier, UUID owner) implements Caller {
        @Override
        public User user() {
            return this;
        }

        /**
         * This caller, as one who may act for the Station.
         *
         * @throws RequestRefused 403 when the key has another scope
         */
        public User station() {
            if (!STATION_ROLE.equals(role)) {
                throw new RequestRefused(
                        HttpStatus.FORBIDDEN, "forbidden", "Only the Station (control plane) can KILL an agent");
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
        return new RequestRefused(
                HttpStatus.FORBIDDEN,
                "forbidden",
                "Forbidden: an agent's token is accepted only for its own heartbeats, metrics and the end of its drain");
    }
}
