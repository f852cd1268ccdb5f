package io.agentstation.gateway.webhooks;

import io.agentstation.contracts.webhooks.WebhookUrl;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which addresses may be subscribed; prefix {@code station.webhooks}. The dispatcher has the same rules, and the last word.
 *
 * @param allowHttp             whether plain http is allowed
 * @param allowPrivateAddresses whether addresses of this machine, of private networks and other special ones are allowed
 */
@ConfigurationProperties("station.webhooks")
record WebhookSettings(
        @DefaultValue("false") boolean allowHttp,
        @DefaultValue("false") boolean allowPrivateAddresses) {

    WebhookUrl rules() {
        return new WebhookUrl(allowHttp, allowPrivateAddresses);
    }
}
