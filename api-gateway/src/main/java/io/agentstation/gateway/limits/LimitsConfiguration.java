package io.agentstation.gateway.limits;

import io.github.bucket4j.TimeMeter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this package that are not components themselves. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitSettings.class)
class LimitsConfiguration {

    @Bean
    RateLimits rateLimits(LimitSettings settings) {
        return new RateLimits(settings.replicas(), TimeMeter.SYSTEM_NANOTIME);
    }
}
