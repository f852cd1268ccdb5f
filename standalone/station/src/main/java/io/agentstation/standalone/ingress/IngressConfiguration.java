package io.agentstation.standalone.ingress;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Puts {@link IngressFilter} before everything of the API, in a station that simulates its cluster. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(prefix = IngressSettings.PREFIX, name = "url")
@EnableConfigurationProperties(IngressSettings.class)
public class IngressConfiguration {

    @Bean
    FilterRegistrationBean<IngressFilter> ingress(IngressSettings settings) {
        FilterRegistrationBean<IngressFilter> registration = new FilterRegistrationBean<>(new IngressFilter(settings));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
