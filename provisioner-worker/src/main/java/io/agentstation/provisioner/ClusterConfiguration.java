package io.agentstation.provisioner;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.provisioner.announcement.ClusterAnnouncement;
import io.agentstation.provisioner.cluster.AgentEvents;
import io.agentstation.provisioner.cluster.ClusterConnection;
import io.agentstation.provisioner.cluster.ClusterSettings;
import io.agentstation.provisioner.cluster.ClusterWatch;
import io.agentstation.provisioner.cluster.ContainerLogs;
import io.agentstation.provisioner.cluster.KubernetesCluster;
import io.agentstation.provisioner.cluster.NamespaceQuota;
import io.agentstation.provisioner.inspection.AgentInspection;
import io.agentstation.provisioner.inspection.InspectionServer;
import io.agentstation.provisioner.inspection.InspectionSettings;
import io.agentstation.provisioner.objects.ManifestSettings;
import io.agentstation.provisioner.quota.QuotaWatch;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** The cluster, and what all manifests share. */
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {

    @Bean
    KubernetesClient kubernetesClient(ProvisionerSettings settings) {
        return ClusterConnection.open(new ClusterSettings(settings.kubeconfig(), settings.context()));
    }

    @Bean(initMethod = "prepare")
    KubernetesCluster cluster(KubernetesClient client, ProvisionerSettings settings, StationSettings station) {
        ProvisionerSettings.Quota limits = settings.quota();
        NamespaceQuota quota = new NamespaceQuota(limits.managed(), limits.cpu(), limits.memory(), limits.pods());
        return new KubernetesCluster(client, settings.namespace(), station.id(), quota);
    }

    @Bean
    ClusterWatch clusterWatch(KubernetesClient client, ProvisionerSettings settings, StationSettings station) {
        return new ClusterWatch(client, settings.namespace(), station.id());
    }

    @Bean
    QuotaWatch quotaWatch(KubernetesClient client, ProvisionerSettings settings) {
        return new QuotaWatch(client, settings.namespace(), Clock.systemUTC());
    }

    @Bean
    InspectionServer inspectionServer(
            KubernetesClient client,
            ClusterWatch watch,
            ProvisionerSettings settings,
            InspectionSettings inspection,
            StationKey key) {
        AgentInspection agents = new AgentInspection(
                watch,
                new AgentEvents(client, settings.namespace()),
                new ContainerLogs(client, settings.namespace()),
                inspection.longestFollow());
        return InspectionServer.start(inspection, key, Clock.systemUTC(), agents);
    }

    @Bean
    ClusterAnnouncement clusterAnnouncement(
            KafkaTemplate<String, byte[]> kafka,
            ProvisionerSettings settings,
            InspectionServer inspection,
            QuotaWatch quota,
            ClusterWatch watch,
            Threads threads) {
        ClusterAnnouncement announcement = new ClusterAnnouncement(
                kafka, settings.namespace(), inspection.url(), quota::limits, Clock.systemUTC(), watch::isComplete);
        quota.start();
        announcement.start(threads.reports());
        return announcement;
    }

    @Bean
    ManifestSettings manifestSettings(ProvisionerSettings settings, StationSettings station) {
        return new ManifestSettings(
                station.id(),
                settings.namespace(),
                settings.domain(),
                settings.requiredPublicUrl(),
                emptyToNull(settings.clusterIssuer()),
                emptyToNull(settings.ingressClass()),
                emptyToNull(settings.externalDns()),
                settings.sidecarImage());
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isBlank() ? null : text;
    }
}
