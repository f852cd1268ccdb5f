package io.agentstation.provisioner;

import io.agentstation.provisioner.inspection.InspectionSettings;
import io.agentstation.provisioner.metrics.MetricsSettings;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The provisioner: commands in, Kubernetes made true, observations out.
 *
 * <p>Its defaults are in {@code provisioner-worker.yml}. Any number of them can run; Kafka shares the partitions out.
 */
@SpringBootConfiguration
@ComponentScan
@EnableConfigurationProperties({
    StationSettings.class,
    ProvisionerSettings.class,
    InspectionSettings.class,
    MetricsSettings.class
})
// Named one by one: several services share a class path, on which Boot would find more than is meant.
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    ConfigurationPropertiesAutoConfiguration.class,
    LifecycleAutoConfiguration.class,
    KafkaAutoConfiguration.class
})
public class ProvisionerWorker {

    private static final String CONFIG_NAME = "--spring.config.name=provisioner-worker";

    /**
     * Starts a provisioner within this process; the caller closes it.
     *
     * @param properties settings that win over all others
     */
    public static ConfigurableApplicationContext start(Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("start", Map.copyOf(properties)));
        SpringApplication application = application();
        application.setEnvironment(environment);
        application.setRegisterShutdownHook(false);
        return application.run(CONFIG_NAME);
    }

    /** Runs a provisioner as a process of its own, until it is told to end. */
    public static void main(String[] arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = CONFIG_NAME;
        application().run(all);
    }

    private static SpringApplication application() {
        SpringApplication application = new SpringApplication(ProvisionerWorker.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLogStartupInfo(false);
        return application;
    }
}
