package io.agentstation.gateway.quota;

import io.agentstation.gateway.clusters.Clusters;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.keys.Caller;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/quota}: limits and use of the namespace that all agents share. */
@RestController
final class QuotaController {

    private final Clusters clusters;

    QuotaController(Clusters clusters) {
        this.clusters = clusters;
    }

    @GetMapping("/api/quota")
    QuotaView quota(@RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        var unused = caller.user();
        return clusters.current()
                .map(QuotaView::of)
                .orElseThrow(() -> RequestRefused.unavailable(
                        "No provisioner has reported on the cluster within the last minute, try again", null));
    }

    /** The beans of this package. */
    @Configuration(proxyBeanMethods = false)
    static class QuotaConfiguration {

        @Bean
        Quota quota(Clusters clusters) {
            return new Quota(clusters);
        }
    }
}
