package io.agentstation.telemetry;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The service: reads {@code agent.heartbeats}, {@code agent.metrics}, {@code agent.observations} and
 * {@code agent.lifecycle}, writes their rows, and sums them up in windows. Defaults are in {@code telemetry-stream.yml}.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({KafkaAutoConfiguration.class, SslAutoConfiguration.class})
@EnableConfigurationProperties(TelemetrySettings.class)
@Import({
    FiguresConfiguration.class,
    StoreConfiguration.class,
    RetryConfiguration.class,
    ReaderConfiguration.class,
    WindowConfiguration.class,
    StreamsWiring.class
})
public class TelemetryStream {

    /**
     * Starts the service; returns when its schema is there and its readers run.
     *
     * @param properties {@code spring.kafka.bootstrap-servers}, {@code station.store.*}, {@code station.telemetry.*},
     *     {@code station.key-file}; they win over every other source
     */
    public static ConfigurableApplicationContext start(Map<String, Object> properties) {
        return run(properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new));
    }

    /**
     * Starts the service as a process of its own, configured by arguments {@code --key=value} and by the environment; the
     * process ends with code 1 when the windows cannot go on.
     */
    public static void main(String[] arguments) {
        run(arguments, new ExitWhenBroken());
    }

    private static ConfigurableApplicationContext run(String[] arguments, ApplicationListener<?>... listeners) {
        return new SpringApplicationBuilder(TelemetryStream.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .listeners(listeners)
                .run(Stream.concat(Stream.of("--spring.config.name=telemetry-stream"), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }
}
