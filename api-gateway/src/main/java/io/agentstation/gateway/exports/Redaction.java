package io.agentstation.gateway.exports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what people and agents have written themselves: text at or below a key that names a secret. Numbers
 * stay ({@code tokens_used} is a figure). The values of environment variables are not in an export in the first place.
 */
final class Redaction {

    static final String REDACTED = "[REDACTED]";

    private static final Pattern SECRET = Pattern.compile("api_?key|access_?key|private_?key|secret|token|passw(or)?d"
            + "|passphrase|credential|authorization|bearer|jwt|session|cookie");

    private Redaction() {}

    /** The same object without secrets. */
    static Map<String, Object> of(Map<String, Object> object) {
        return object(object, false);
    }

    /** The same labels without secrets. */
    static SortedMap<String, String> ofLabels(SortedMap<String, String> labels) {
        SortedMap<String, String> kept = new TreeMap<>(labels);
        kept.replaceAll((key, value) -> namesASecret(key) ? REDACTED : value);
        return kept;
    }

    private static Map<String, Object> object(Map<?, ?> object, boolean secret) {
        Map<String, Object> kept = new LinkedHashMap<>();
        object.forEach((key, value) -> {
            String name = String.valueOf(key);
            kept.put(name, value(value, secret || namesASecret(name)));
        });
        return kept;
    }

    // A null stays one: Map.put takes it, whatever the type says.
    @SuppressWarnings("NullAway")
    private static Object value(Object value, boolean secret) {
        if (value instanceof Map<?, ?> inner) {
            return object(inner, secret);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> value(element, secret)).toList();
        }
        return secret && value instanceof String ? REDACTED : value;
    }

    private static boolean namesASecret(String key) {
        String words = key.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("[^A-Za-z0-9]+", "_")
                .toLowerCase(Locale.ROOT);
        return SECRET.matcher(words).find();
    }
}
