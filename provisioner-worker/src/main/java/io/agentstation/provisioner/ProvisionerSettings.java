package io.agentstation.provisioner;

import io.agentstation.provisioner.preflight.ClusterNeeds;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the provisioner; prefix {@code station.provisioner}.
 *
 * @param kubeconfig    a kubeconfig file; without one, the cluster that this process runs in
 * @param context       of the kubeconfig; without one, its current context
 * @param namespace     where agents live; made when it is missing
 * @param publicUrl     where agents on the cluster reach the Station
 * @param domain        an agent answers at {@code <name>.<domain>}
 * @param clusterIssuer of cert-manager; empty: no certificate is asked for
 * @param ingressClass  empty: the cluster's default
 * @param concurrency   how many consumers of commands, at most one for each partition
 * @param walkInterval  how often every agent is compared with its desired state
 * @param retry         of agents that could not be made as desired
 */
@ConfigurationProperties("station.provisioner")
record ProvisionerSettings(
        @Nullable Path kubeconfig,
        @Nullable String context,
        @DefaultValue("agents") String namespace,
        @Nullable URI publicUrl,
        @DefaultValue("is.plugged.in") String domain,
        @DefaultValue(ClusterNeeds.DEFAULT_CLUSTER_ISSUER) String clusterIssuer,
        @DefaultValue("") String ingressClass,
        @DefaultValue("4") int concurrency,
        @DefaultValue("10m") Duration walkInterval,
        @DefaultValue Retry retry) {

    ProvisionerSettings {
        if (publicUrl == null || !publicUrl.isAbsolute()) {
            throw new IllegalArgumentException(
                    "station.provisioner.public-url must be the address at which agents on the"
                            + " cluster reach the Station, http:// or https://: " + publicUrl);
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("station.provisioner.concurrency must be at least 1: " + concurrency);
        }
        if (walkInterval.isNegative() || walkInterval.isZero()) {
            throw new IllegalArgumentException(
                    "station.provisioner.walk-interval must be longer than nothing: " + walkInterval);
        }
    }

    URI requiredPublicUrl() {
        return java.util.Objects.requireNonNull(publicUrl, "checked by the constructor");
    }

    /**
     * How agents are tried again.
     *
     * @param first    wait before the first retry
     * @param longest  wait that the doubling waits end at
     * @param capacity how many agents can wait for a retry at once
     * @param threads  that retry, and as many that report
     */
    record Retry(
            @DefaultValue("1s") Duration first,
            @DefaultValue("60s") Duration longest,
            @DefaultValue("20000") int capacity,
            @DefaultValue("2") int threads) {

        Retry {
            if (capacity < 1 || threads < 1) {
                throw new IllegalArgumentException(
                        "station.provisioner.retry.capacity and .threads must be at least 1: " + capacity + ", "
                                + threads);
            }
        }
    }
}
