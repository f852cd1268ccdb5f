package io.agentstation.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.agentstation.contracts.webhooks.WebhookSignature;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The published library of Standard Webhooks accepts what is signed here, and nothing else. */
class StandardWebhooksTest {

    private static final String BODY = "{\"event\":\"agent.created\",\"agent_name\":\"\u00fcber\"}";

    private final String first = WebhookSignature.newSecret(new SecureRandom());
    private final String second = WebhookSignature.newSecret(new SecureRandom());
    private final Instant now = Instant.now();

    private HttpHeaders headers(List<String> secrets, String signedBody) {
        return HttpHeaders.of(
                Map.of(
                        "webhook-id",
                        List.of("m-1"),
                        "webhook-timestamp",
                        List.of(Long.toString(now.getEpochSecond())),
                        "webhook-signature",
                        List.of(WebhookSignature.header(
                                secrets, "m-1", now, signedBody.getBytes(StandardCharsets.UTF_8)))),
                (name, value) -> true);
    }

    @Test
    void aReceiverVerifiesWithItsSecret() {
        assertThatCode(() -> new Webhook(first).verify(BODY, headers(List.of(first), BODY)))
                .doesNotThrowAnyException();
    }

    @Test
    void whileTwoSecretsAreInForceEitherVerifies() {
        HttpHeaders both = headers(List.of(second, first), BODY);

        assertThatCode(() -> new Webhook(first).verify(BODY, both)).doesNotThrowAnyException();
        assertThatCode(() -> new Webhook(second).verify(BODY, both)).doesNotThrowAnyException();
    }

    @Test
    void anotherSecretOrBodyDoesNotVerify() {
        assertThatThrownBy(() -> new Webhook(second).verify(BODY, headers(List.of(first), BODY)))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(first).verify(BODY + " ", headers(List.of(first), BODY)))
                .isInstanceOf(WebhookVerificationException.class);
    }
}
