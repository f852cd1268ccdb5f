package io.agentstation.cluster;

import io.agentstation.cluster.kubelet.PodPacing;
import io.agentstation.cluster.quota.NamespaceQuota;
import java.time.Duration;
import java.util.Optional;

/**
 * How the simulated cluster behaves.
 *
 * @param pods        how long pods take
 * @param certificate how long cert-manager takes to issue a certificate
 * @param quota       what the administrator limits; empty for nothing
 */
public record ClusterSettings(PodPacing pods, Duration certificate, Optional<NamespaceQuota> quota) {

    /** How much faster than a real kubelet's its back-offs pass: 2 s before the first restart instead of 10 s. */
    public static final int BACK_OFF_SPEED = 5;

    /** Pods start in 200 ms and stop in 100 ms, certificates take a second, and nothing is limited. */
    public static final ClusterSettings DEFAULTS = new ClusterSettings(
            new PodPacing(Duration.ofMillis(200), Duration.ofMillis(100), BACK_OFF_SPEED),
            Duration.ofSeconds(1),
            Optional.empty());

    public ClusterSettings {
        if (certificate.isNegative()) {
            throw new IllegalArgumentException("a certificate cannot take " + certificate);
        }
    }

    /** The same with a quota. */
    public ClusterSettings withQuota(NamespaceQuota limits) {
        return new ClusterSettings(pods, certificate, Optional.of(limits));
    }
}
