package io.agentstation.gateway;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.kafka.StationTopics;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.schema.SchemaMigrations;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** The gateway's context: this package and what it needs from outside. Errors are the {@code errors} package's alone. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = ErrorMvcAutoConfiguration.class)
@EnableConfigurationProperties({GatewaySettings.class, StationFiles.class})
@ComponentScan
class GatewayConfiguration implements WebMvcConfigurer {

    private static final Logger log = LoggerFactory.getLogger(GatewayConfiguration.class);

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        // Every answer is JSON, whatever the client says that it accepts.
        negotiation.ignoreAcceptHeader(true).defaultContentType(MediaType.APPLICATION_JSON);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    JsonMapper jsonMapper() {
        return Wire.mapper();
    }

    @Bean
    StationKey stationKey(StationFiles files) {
        return files.key();
    }

    @Bean
    Admin admin(KafkaProperties kafka) {
        return Admin.create(kafka.buildAdminProperties());
    }

    @Bean
    StationTopics stationTopics(Admin admin) throws InterruptedException {
        return StationTopics.check(admin);
    }

    @Bean
    Store store(Environment environment) {
        StoreSettings settings = Binder.get(environment).bindOrCreate("station.store", StoreSettings.class);
        List<String> applied = SchemaMigrations.apply(settings);
        log.atInfo()
                .addKeyValue("keyspace", settings.keyspace())
                .addKeyValue("migrations", applied)
                .log("The store is ready");
        return StoreSession.openForCallers(settings);
    }

    @Bean
    Agents agents(Store store) {
        return new Agents(store);
    }

    @Bean
    LatestReports latestReports(Store store) {
        return new LatestReports(store);
    }
}
