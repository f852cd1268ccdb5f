package io.agentstation.contracts.credentials;

import io.agentstation.contracts.ids.AgentId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * An agent's own credential, {@code agt_<key id>_<uuid>_<base62 HMAC-SHA256>}: derived from the station key and stored
 * nowhere, so that the provisioner can write it and any gateway can check it.
 */
public final class AgentToken {

    private static final String PREFIX = "agt_";
    private static final String PURPOSE = "agent-token";

    private AgentToken() {}

    /** The token of an agent; always the same for the same station key. */
    public static String of(StationKey key, AgentId agent) {
        byte[] code = key.mac(PURPOSE, agent.toString().getBytes(StandardCharsets.UTF_8));
        return PREFIX + key.id() + "_" + agent + "_" + Base62.encode(code);
    }

    /** Whether a credential has the form of an agent's token. */
    public static boolean looksLike(String credential) {
        return credential.startsWith(PREFIX);
    }

    /** The agent whose token this is; empty when it is not a valid token of this station. */
    public static Optional<AgentId> verify(StationKey key, String credential) {
        String[] parts = credential.split("_", -1);
        if (parts.length != 4 || !looksLike(credential)) {
            return Optional.empty();
        }
        return AgentId.parse(parts[2])
                .filter(agent -> MessageDigest.isEqual(
                        of(key, agent).getBytes(StandardCharsets.UTF_8), credential.getBytes(StandardCharsets.UTF_8)));
    }
}
