package io.agentstation.telemetry;

import io.agentstation.telemetry.batches.PartitionCount;
import io.agentstation.telemetry.batches.ReaderFigures;
import io.agentstation.telemetry.figures.LagFigures;
import io.agentstation.telemetry.figures.MetricsEndpoint;
import io.agentstation.telemetry.figures.MetricsSettings;
import io.agentstation.telemetry.figures.PauseFigures;
import io.agentstation.telemetry.figures.WriterFigures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.kafka.core.KafkaAdmin;

/** The service's own metrics, and where they are served. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MetricsSettings.class)
class FiguresConfiguration {

    @Bean
    PrometheusMeterRegistry meterRegistry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Bean
    MetricsEndpoint metricsEndpoint(
            MetricsSettings settings, PrometheusMeterRegistry registry, ConfigurableEnvironment environment) {
        return new MetricsEndpoint(settings, registry, environment);
    }

    @Bean
    WriterFigures writerFigures(MeterRegistry registry) {
        return new WriterFigures(registry);
    }

    @Bean
    PauseFigures pauseFigures(MeterRegistry registry) {
        return new PauseFigures(registry, InstantSource.system());
    }

    @Bean
    LagFigures lagFigures(KafkaAdmin kafka, MeterRegistry registry, PartitionCount partitions) {
        return new LagFigures(Admin.create(kafka.getConfigurationProperties()), registry, partitions.value());
    }

    @Bean
    ReaderFigures readerFigures(WriterFigures writer, PauseFigures pauses, LagFigures lag) {
        return new ReaderFigures(writer, pauses, lag);
    }
}
