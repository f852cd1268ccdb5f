package io.agentstation.gateway;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts a gateway: as a process of its own, or as one context among others. */
public final class ApiGateway {

    private static final String ROOM = "--spring.config.name=api-gateway";

    private ApiGateway() {}

    /**
     * Starts it with properties that go before {@code api-gateway.yml}; returns when HTTP is served.
     *
     * @param properties at least {@code spring.kafka.bootstrap-servers}, {@code station.store.contact-points} and
     *     {@code station.key-file}
     */
    public static ConfigurableApplicationContext start(Map<String, Object> properties) {
        return run(properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new));
    }

    /** Starts it with properties from the command line, {@code --key=value}. */
    public static void main(String[] arguments) {
        var unused = run(arguments);
    }

    private static ConfigurableApplicationContext run(String[] arguments) {
        return new SpringApplicationBuilder(GatewayConfiguration.class)
                .web(WebApplicationType.SERVLET)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(Stream.concat(Stream.of(ROOM), Arrays.stream(arguments)).toArray(String[]::new));
    }
}
