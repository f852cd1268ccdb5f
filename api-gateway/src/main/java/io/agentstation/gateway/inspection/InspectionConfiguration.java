package io.agentstation.gateway.inspection;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.gateway.clusters.Clusters;
import io.agentstation.gateway.requests.Slots;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LogSettings.class)
class InspectionConfiguration {

    @Bean
    ProvisionerLink provisionerLink(Clusters clusters, StationKey key, Clock clock) {
        return new ProvisionerLink(clusters, key, clock);
    }

    @Bean
    OpenAnswers openAnswers() {
        return new OpenAnswers();
    }

    @Bean
    Slots logSlots(LogSettings settings) {
        return new Slots(
                settings.atOnce(),
                settings.perWorkspace(),
                "too_many_logs",
                "Too many logs are being followed, try again when one has ended");
    }
}
