package io.agentstation.provisioner;

import io.agentstation.provisioner.agents.AgentLocks;
import io.agentstation.provisioner.agents.AgentRecords;
import io.agentstation.provisioner.agents.OwnedPartitions;
import io.agentstation.provisioner.cluster.KubernetesCluster;
import io.agentstation.provisioner.metrics.MetricsEndpoint;
import io.agentstation.provisioner.metrics.MetricsSettings;
import io.agentstation.provisioner.sweep.Sweep;
import io.agentstation.provisioner.sweep.SweepRules;
import io.agentstation.provisioner.sweep.SweepTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** The sweep, and the figures that tell what it finds. */
@Configuration(proxyBeanMethods = false)
class SweepConfiguration {

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
    Sweep sweep(
            AgentRecords records,
            KubernetesCluster cluster,
            OwnedPartitions owned,
            AgentLocks locks,
            ProvisionerSettings settings) {
        SweepRules rules = new SweepRules(
                SweepRules.DEFAULT.mostOrphans(),
                SweepRules.DEFAULT.mostShare(),
                settings.sweep().unknownFor());
        return new Sweep(records, cluster, owned, locks, rules, Clock.systemUTC());
    }

    @Bean
    SweepTask sweepTask(Sweep sweep, MeterRegistry registry, Threads threads, ProvisionerSettings settings) {
        SweepTask task = new SweepTask(sweep, registry);
        long interval = settings.sweep().interval().toMillis();
        var unused = threads.walks().scheduleWithFixedDelay(task, interval, interval, TimeUnit.MILLISECONDS);
        return task;
    }
}
