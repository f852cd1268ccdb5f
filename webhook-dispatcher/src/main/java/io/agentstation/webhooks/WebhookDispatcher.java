package io.agentstation.webhooks;

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
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The service: lifecycle events to subscribers, signed, retried, ordered per agent. Any number of them can run; Kafka shares
 * the partitions out, and with them the lanes. Defaults are in {@code webhook-dispatcher.yml}.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({KafkaAutoConfiguration.class, SslAutoConfiguration.class})
@EnableConfigurationProperties({KeyFile.class, DispatcherSettings.class})
@Import({StoreConfiguration.class, DispatchConfiguration.class, IntakeConfiguration.class})
public class WebhookDispatcher {

    /**
     * Starts the service; returns when its schema is there and its readers run.
     *
     * @param properties {@code spring.kafka.bootstrap-servers}, {@code station.store.*}, {@code station.key-file},
     *     {@code station.webhooks.*}; they win over every other source
     */
    public static ConfigurableApplicationContext start(Map<String, Object> properties) {
        return run(properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new));
    }

    /** Starts the service as a process of its own, configured by arguments {@code --key=value} and by the environment. */
    public static void main(String[] arguments) {
        var unused = run(arguments);
    }

    private static ConfigurableApplicationContext run(String[] arguments) {
        return new SpringApplicationBuilder(WebhookDispatcher.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(Stream.concat(Stream.of("--spring.config.name=webhook-dispatcher"), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }
}
