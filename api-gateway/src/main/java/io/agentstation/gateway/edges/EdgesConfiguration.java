package io.agentstation.gateway.edges;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets Tomcat's side of the edges. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EdgeSettings.class)
class EdgesConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> timedConnections(EdgeSettings settings) {
        return factory -> {
            factory.setProtocol(TimedHeads.class.getName());
            factory.addProtocolHandlerCustomizers((TimedHeads protocol) -> {
                protocol.setHeadWithin(settings.headWithin());
                protocol.setDisableUploadTimeout(false);
                protocol.setConnectionUploadTimeout(
                        Math.toIntExact(settings.bodyPause().toMillis()));
            });
        };
    }
}
