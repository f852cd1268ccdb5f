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
 * @param externalDns   where external-dns points the agents' hosts, a host name or an address; empty: it is not asked to
 * @param sidecarImage  of the station-agent that reports for images which cannot
 * @param quota         of the namespace, where the Station has made it
 * @param concurrency   how many consumers of commands, at most one for each partition
 * @param actors        how many agents are acted on at once
 * @param walkInterval  how often every agent is compared with its desired state
 * @param sweep         for what should not be on the cluster
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
        @DefaultValue("") String externalDns,
        @DefaultValue("agentstation/station-agent:0.1.0") String sidecarImage,
        @DefaultValue Quota quota,
        @DefaultValue("4") int concurrency,
        @DefaultValue("16") int actors,
        @DefaultValue("10m") Duration walkInterval,
        @DefaultValue Sweep sweep,
        @DefaultValue Retry retry) {

    ProvisionerSettings {
        if (publicUrl == null || !publicUrl.isAbsolute()) {
            throw new IllegalArgumentException(
                    "station.provisioner.public-url must be the address at which agents on the"
                            + " cluster reach the Station, http:// or https://: " + publicUrl);
        }
        if (sidecarImage.isBlank()) {
            throw new IllegalArgumentException("station.provisioner.sidecar-image must name the image of the"
                    + " station-agent that reports for images which cannot");
        }
        if (concurrency < 1 || actors < 1) {
            throw new IllegalArgumentException(
                    "station.provisioner.concurrency and .actors must be at least 1: " + concurrency + ", " + actors);
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
     * What all agents may ask for together.
     *
     * @param managed false leaves it to the namespace's administrator
     * @param cpu     sum of the requests, a Kubernetes quantity
     * @param memory  sum of the requests, a Kubernetes quantity
     * @param pods    how many
     */
    record Quota(
            @DefaultValue("true") boolean managed,
            @DefaultValue("40") String cpu,
            @DefaultValue("200Gi") String memory,
            @DefaultValue("100") int pods) {

        Quota {
            if (pods < 1) {
                throw new IllegalArgumentException("station.provisioner.quota.pods must be at least 1: " + pods);
            }
            checked("cpu", cpu);
            checked("memory", memory);
        }

        private static void checked(String what, String quantity) {
            try {
                var unused = io.agentstation.contracts.agents.Quantity.of(quantity);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "station.provisioner.quota." + what + " must be a Kubernetes quantity: " + quantity, e);
            }
        }
    }

    /**
     * How the cluster is searched for what should not be there.
     *
     * @param interval   between two sweeps
     * @param unknownFor how long objects of an agent must have been there without a row before they are deleted
     */
    record Sweep(
            @DefaultValue("10m") Duration interval,
            @DefaultValue("1h") Duration unknownFor) {

        Sweep {
            if (interval.isNegative() || interval.isZero() || unknownFor.compareTo(interval) < 0) {
                throw new IllegalArgumentException("station.provisioner.sweep.interval must be longer than nothing and"
                        + " .unknown-for not shorter than it: " + interval + ", " + unknownFor);
            }
        }
    }

    /**
     * How agents are tried again.
     *
     * @param first    wait before the first retry
     * @param longest  wait that the doubling waits end at
     * @param capacity how many agents can wait for a retry at once
     * @param threads  that retry, which is also how removals go on
     */
    record Retry(
            @DefaultValue("1s") Duration first,
            @DefaultValue("60s") Duration longest,
            @DefaultValue("20000") int capacity,
            @DefaultValue("8") int threads) {

        Retry {
            if (capacity < 1 || threads < 1) {
                throw new IllegalArgumentException(
                        "station.provisioner.retry.capacity and .threads must be at least 1: " + capacity + ", "
                                + threads);
            }
        }
    }
}
