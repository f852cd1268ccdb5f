package io.agentstation.provisioner;

import io.agentstation.provisioner.cluster.ClusterConnection;
import io.agentstation.provisioner.cluster.ClusterSettings;
import io.agentstation.provisioner.cluster.ClusterWatch;
import io.agentstation.provisioner.cluster.KubernetesCluster;
import io.agentstation.provisioner.cluster.NamespaceQuota;
import io.agentstation.provisioner.objects.ManifestSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
