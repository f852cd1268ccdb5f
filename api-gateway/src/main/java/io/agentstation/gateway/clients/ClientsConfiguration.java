package io.agentstation.gateway.clients;

import io.github.bucket4j.TimeMeter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClientSettings.class)
class ClientsConfiguration {

    @Bean
    ClientAddresses clientAddresses(ClientSettings settings) {
        return new ClientAddresses(settings.proxies());
    }

    @Bean
    FailedLogins failedLogins(ClientSettings settings) {
        return new FailedLogins(settings.failedLogins(), settings.failedLoginsPerMinute(), TimeMeter.SYSTEM_NANOTIME);
    }
}
