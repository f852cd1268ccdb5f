package io.agentstation.webhooks;

import io.agentstation.contracts.webhooks.WebhookUrl;
import io.agentstation.store.webhooks.DeliveryLog;
import io.agentstation.store.webhooks.WebhookStatistics;
import io.agentstation.webhooks.figures.MeasuredSender;
import io.agentstation.webhooks.figures.MetricsEndpoint;
import io.agentstation.webhooks.figures.MetricsSettings;
import io.agentstation.webhooks.lanes.AttemptLog;
import io.agentstation.webhooks.lanes.HourCounts;
import io.agentstation.webhooks.lanes.LaneSettings;
import io.agentstation.webhooks.lanes.LaneTables;
import io.agentstation.webhooks.lanes.Lanes;
import io.agentstation.webhooks.lanes.RetryPolicy;
import io.agentstation.webhooks.sending.ClientLimits;
import io.agentstation.webhooks.sending.SafeClient;
import io.agentstation.webhooks.sending.Sender;
import io.agentstation.webhooks.sending.SignedSender;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** How messages are sent, and kept until they are. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MetricsSettings.class)
class DispatchConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService dispatcherPool() {
        return LoggingPool.named("webhooks", 3);
    }

    @Bean
    SafeClient safeClient(DispatcherSettings settings, ScheduledExecutorService dispatcherPool) {
        return new SafeClient(
                new WebhookUrl(settings.allowHttp(), settings.allowPrivateAddresses()),
                SafeClient.systemResolver(),
                new ClientLimits(settings.connectTimeout(), settings.timeout(), settings.connections()),
                dispatcherPool);
    }

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
    Sender sender(SafeClient client, Clock clock, PrometheusMeterRegistry registry) {
        return new MeasuredSender(new SignedSender(client, clock), registry);
    }

    @Bean
    HourCounts hourCounts(WebhookStatistics statistics, Clock clock) {
        return new HourCounts(statistics, clock);
    }

    @Bean
    AttemptLog attemptLog(DeliveryLog log, HourCounts counts) {
        return new AttemptLog(log, counts);
    }

    @Bean
    Lanes lanes(
            LaneTables tables,
            Sender sender,
            AttemptLog log,
            DispatcherSettings settings,
            Clock clock,
            ScheduledExecutorService dispatcherPool,
            PrometheusMeterRegistry registry) {
        Lanes lanes = new Lanes(
                tables,
                sender,
                log,
                new RetryPolicy(
                        settings.retryWaits(), () -> ThreadLocalRandom.current().nextDouble()),
                new LaneSettings(
                        settings.concurrency(),
                        settings.recovering(),
                        settings.storeAfter(),
                        settings.disableAfter(),
                        settings.lanesInMemory(),
                        settings.threads()),
                clock,
                dispatcherPool);
        registry.gauge("station.webhooks.lanes.in.memory", lanes, Lanes::inMemory);
        return lanes;
    }

    @Bean
    Pulse pulse(Lanes lanes, HourCounts counts, ScheduledExecutorService dispatcherPool) {
        return new Pulse(lanes, counts, dispatcherPool);
    }
}
