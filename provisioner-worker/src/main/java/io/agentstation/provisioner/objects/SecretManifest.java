package io.agentstation.provisioner.objects;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The Secret: the agent's token and the values of its environment variables, each under its variable's name. */
final class SecretManifest {

    /** The token's key; users can't have it, {@code STATION_} is reserved. */
    static final String TOKEN = "STATION_AGENT_TOKEN";

    private SecretManifest() {}

    static Secret of(ObjectMeta meta, String token, Map<String, String> environment) {
        SortedMap<String, String> data = new TreeMap<>();
        environment.forEach((name, value) -> data.put(name, base64(value)));
        data.put(TOKEN, base64(token));
        // data, not stringData: server-side apply tracks the fields of data only.
        return new SecretBuilder()
                .withMetadata(meta)
                .withType("Opaque")
                .withData(data)
                .build();
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
