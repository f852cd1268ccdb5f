package io.agentstation.liveness;

import io.agentstation.liveness.metrics.MetricsEndpoint;
import io.agentstation.liveness.metrics.MetricsSettings;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.topology.DetectorFigures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The service: facts in from Kafka, lifecycle events out to Kafka, nothing else.
 *
 * <p>Its defaults are in {@code liveness-detector.yml}. There is no auto-configuration: the context holds what is declared here.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    LivenessSettings.class,
    DetectorSettings.class,
    MetricsSettings.class,
    StationSettings.class,
    KafkaProperties.class
})
public class LivenessDetector {

    private static final String CONFIG_NAME = "--spring.config.name=liveness-detector";

    /**
     * Starts the detector beside other services of this JVM; returns once it is joining its group. Closing the context
     * stops it and leaves the group.
     *
     * @param properties override every other source
     * @throws RuntimeException when the configuration or the topics are not as they must be; the cause says which
     */
    public static ConfigurableApplicationContext start(Map<String, Object> properties) {
        String[] arguments = properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        // Whoever runs several contexts in one JVM decides in which order they close.
        return application().registerShutdownHook(false).run(withConfigName(arguments));
    }

    /** Runs the detector as a process of its own, which ends with code 1 when the detector cannot go on. */
    public static void main(String[] arguments) {
        application().listeners(new ExitWhenBroken()).run(withConfigName(arguments));
    }

    private static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(LivenessDetector.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false);
    }

    private static String[] withConfigName(String[] arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = CONFIG_NAME;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
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
    DetectorFigures detectorFigures(MeterRegistry registry, Clock clock) {
        return new DetectorFigures(registry, clock);
    }

    @Bean
    DetectorStreams detectorStreams(
            KafkaProperties kafka,
            StationSettings station,
            DetectorSettings detector,
            LivenessSettings liveness,
            DetectorFigures figures,
            MeterRegistry registry,
            ApplicationEventPublisher publisher) {
        StreamsConfiguration configuration = new StreamsConfiguration(kafka.buildStreamsProperties(), detector);
        return new DetectorStreams(configuration, station, liveness, figures, registry, new StreamsEnd(publisher));
    }

    @Bean
    DetectorHealth detectorHealth(DetectorStreams streams, DetectorFigures figures) {
        return new DetectorHealth(streams, figures);
    }
}
