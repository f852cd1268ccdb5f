package io.agentstation.gateway.management;

import io.agentstation.gateway.health.GatewayHealth;
import io.agentstation.gateway.lifecycle.Waiters;
import io.agentstation.store.session.Store;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ManagementSettings.class)
class ManagementConfiguration {

    @Bean
    PrometheusMeterRegistry meterRegistry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> requestFigures(MeterRegistry meters) {
        return factory -> factory.addEngineValves(new RequestFigures(meters));
    }

    @Bean
    GatewayFigures gatewayFigures(MeterRegistry meters, Store store, Waiters waiters, GatewayHealth health) {
        return new GatewayFigures(meters, store, waiters, health);
    }

    @Bean
    ManagementServer managementServer(
            ManagementSettings settings,
            GatewayHealth health,
            ApplicationAvailability availability,
            PrometheusMeterRegistry figures,
            ConfigurableEnvironment environment) {
        return new ManagementServer(settings, new ManagementPages(health, availability, figures), environment);
    }
}
