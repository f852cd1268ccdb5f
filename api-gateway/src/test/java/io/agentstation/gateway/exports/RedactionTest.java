package io.agentstation.gateway.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api_key",
                "apikey",
                "API-Key",
                "openaiApiKey",
                "x.api.key",
                "secret",
                "clientSecret",
                "token",
                "auth_token",
                "password",
                "passwd",
                "db-passwd",
                "passphrase",
                "credentials",
                "private_key",
                "privateKey",
                "accessKey",
                "Authorization",
                "bearer",
                "jwt",
                "session_id",
                "set-cookie"
            })
    void textUnderAKeyThatNamesASecretIsRedacted(String key) {
        assertThat(Redaction.of(Map.of(key, "sk-123"))).isEqualTo(Map.of(key, Redaction.REDACTED));
        assertThat(Redaction.ofLabels(new TreeMap<>(Map.of(key, "sk-123")))).isEqualTo(Map.of(key, Redaction.REDACTED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "author", "authors", "key", "monkey", "pass", "reason", "keyboard", "compass"})
    void otherTextStays(String key) {
        assertThat(Redaction.of(Map.of(key, "value"))).isEqualTo(Map.of(key, "value"));
    }

    @Test
    void secretsAreFoundAtAnyDepthAndFiguresStay() {
        // Given
        Map<String, Object> object = Map.of(
                "tokens_used",
                512,
                "list",
                List.of(Map.of("password", "p"), "text"),
                "credentials",
                Map.of("user", "u", "valid", true, "parts", List.of("a", 1)));

        // Then
        assertThat(Redaction.of(object))
                .isEqualTo(Map.of(
                        "tokens_used",
                        512,
                        "list",
                        List.of(Map.of("password", Redaction.REDACTED), "text"),
                        "credentials",
                        Map.of("user", Redaction.REDACTED, "valid", true, "parts", List.of(Redaction.REDACTED, 1))));
    }

    @Test
    void nullsAndTheOrderStay() {
        // Given
        Map<String, Object> object = new java.util.LinkedHashMap<>();
        object.put("z", 1);
        object.put("token", null);
        object.put("a", java.util.Arrays.asList(1, null));

        // Then
        assertThat(Redaction.of(object).toString()).isEqualTo("{z=1, token=null, a=[1, null]}");
    }
}
