package io.agentstation.provisioner;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.provisioner.agents.AgentLocks;
import io.agentstation.provisioner.agents.AgentRecords;
import io.agentstation.provisioner.agents.OwnedPartitions;
import io.agentstation.provisioner.agents.RememberedRecords;
import io.agentstation.provisioner.cluster.Cluster;
import io.agentstation.provisioner.cluster.ClusterWatch;
import io.agentstation.provisioner.commands.CommandHandler;
import io.agentstation.provisioner.objects.ManifestSettings;
import io.agentstation.provisioner.observations.KafkaObservations;
import io.agentstation.provisioner.observations.Observations;
import io.agentstation.provisioner.reconciliation.AgentTasks;
import io.agentstation.provisioner.reconciliation.AgentWork;
import io.agentstation.provisioner.reconciliation.Reconciler;
import io.agentstation.provisioner.reconciliation.Reconciliation;
import io.agentstation.provisioner.reconciliation.RetryPace;
import io.agentstation.provisioner.reconciliation.RetryQueue;
import io.agentstation.provisioner.reconciliation.WatchedChanges;
import io.agentstation.provisioner.status.StatusQueue;
import io.agentstation.provisioner.status.StatusReports;
import java.security.SecureRandom;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.kafka.core.KafkaTemplate;

/** How the parts that act on agents are put together. */
@Configuration(proxyBeanMethods = false)
class ReconciliationConfiguration {

    // Longer than the producer's delivery.timeout.ms plus max.block.ms, which decide.
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(30);

    @Bean
    AgentLocks agentLocks() {
        return new AgentLocks();
    }

    @Bean
    OwnedPartitions ownedPartitions() {
        return new OwnedPartitions();
    }

    // Whatever the threads use is closed after them.
    @Bean
    @DependsOn({"store", "kubernetesClient", "kafkaProducerFactory"})
    Threads threads(ProvisionerSettings settings) {
        return new Threads(settings.retry().threads(), settings.actors());
    }

    @Bean
    Observations observations(KafkaTemplate<String, byte[]> kafka) {
        return new KafkaObservations(kafka, ACKNOWLEDGED_WITHIN);
    }

    @Bean
    RetryQueue retryQueue(Threads threads, ProvisionerSettings settings) {
        return new RetryQueue(threads.retries(), settings.retry().capacity());
    }

    @Bean
    StatusReports statusReports(ClusterWatch watch, Observations observations, RetryQueue retries) {
        return new StatusReports(watch, observations, retries::reason);
    }

    @Bean
    StatusQueue statusQueue(
            RememberedRecords records,
            ClusterWatch watch,
            StatusReports reports,
            AgentLocks locks,
            OwnedPartitions owned,
            Threads threads) {
        return new StatusQueue(records, watch, reports, locks, owned, threads.reports());
    }

    @Bean
    Reconciler reconciler(AgentRecords records, Cluster cluster, ManifestSettings manifests, StationKey key) {
        return new Reconciler(records, cluster, manifests, key);
    }

    @Bean
    AgentWork agentWork(
            Reconciler reconciler,
            AgentRecords records,
            Observations observations,
            StatusReports reports,
            StatusQueue status,
            RetryQueue retries,
            ProvisionerSettings settings) {
        RetryPace pace = RetryPace.of(settings.retry().first(), settings.retry().longest());
        return new AgentWork(reconciler, records, observations, reports, status, retries, pace, new SecureRandom());
    }

    @Bean
    AgentTasks agentTasks(AgentWork work, AgentLocks locks, Threads threads) {
        return new AgentTasks(work, locks, threads.acts(), threads.retries());
    }

    @Bean
    CommandHandler commandHandler(
            AgentRecords records,
            AgentTasks tasks,
            Observations observations,
            StatusReports reports,
            AgentLocks locks) {
        return new CommandHandler(records, tasks, observations, reports, locks);
    }

    @Bean
    Reconciliation reconciliation(
            RememberedRecords records,
            AgentWork work,
            AgentLocks locks,
            OwnedPartitions owned,
            RetryQueue retries,
            StatusQueue status,
            StatusReports reports,
            Threads threads,
            ProvisionerSettings settings) {
        Reconciliation reconciliation =
                new Reconciliation(records, work, locks, owned, retries, status, reports, threads.walks());
        reconciliation.walkEvery(settings.walkInterval());
        return reconciliation;
    }

    // Attempts are made by the reconciliation, which says to the queue what one is.
    @Bean
    @DependsOn("reconciliation")
    WatchedChanges watchedChanges(
            OwnedPartitions owned,
            RememberedRecords records,
            ClusterWatch watch,
            RetryQueue retries,
            StatusQueue status) {
        WatchedChanges changes = new WatchedChanges(owned, records, watch, retries, status);
        watch.start(changes);
        return changes;
    }
}
