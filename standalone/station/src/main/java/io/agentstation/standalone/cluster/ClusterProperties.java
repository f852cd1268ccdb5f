package io.agentstation.standalone.cluster;

import io.agentstation.cluster.ClusterSettings;
import io.agentstation.cluster.kubelet.PodPacing;
import io.agentstation.cluster.quota.NamespaceQuota;
import io.agentstation.standalone.failures.StationFailure;
import io.agentstation.standalone.settings.UpSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The simulated cluster's settings; prefix {@code station.cluster}.
 *
 * @param podStart     from the creation of a pod until it runs
 * @param podStop      from its deletion until it is gone, when it heeds SIGTERM
 * @param backOffSpeed how many times faster than on a real node the waits between restarts and pulls pass
 * @param certificate  how long a certificate takes
 * @param quota        of the agents' namespace
 */
@ConfigurationProperties(ClusterProperties.PREFIX)
public record ClusterProperties(
        @DefaultValue("200ms") Duration podStart,
        @DefaultValue("100ms") Duration podStop,
        @DefaultValue("5") int backOffSpeed,
        @DefaultValue("1s") Duration certificate,
        @DefaultValue Quota quota) {

    static final String PREFIX = "station.cluster";

    private static final List<String> NAMES = List.of(
            "pod-start", "pod-stop", "back-off-speed", "certificate", "quota.cpu", "quota.memory", "quota.pods");

    /**
     * What the agents may ask for together: the sums of their requests, and the number of their pods.
     *
     * @param cpu    a Kubernetes quantity
     * @param memory a Kubernetes quantity
     */
    public record Quota(
            @DefaultValue("40") String cpu,
            @DefaultValue("200Gi") String memory,
            @DefaultValue("100") int pods) {}

    /** The names of all properties. */
    public static List<String> names() {
        return NAMES.stream().map(name -> PREFIX + "." + name).toList();
    }

    /**
     * What {@code --set} or else the environment says, or else the defaults.
     *
     * @throws StationFailure when a value cannot be read
     */
    public static ClusterSettings read(UpSettings settings, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        names().forEach(name -> settings.given(name, environment).ifPresent(value -> given.put(name, value)));
        try {
            return new Binder(new MapConfigurationPropertySource(given))
                    .bindOrCreate(PREFIX, ClusterProperties.class)
                    .settings(settings.namespace());
        } catch (BindException | IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StationFailure(PREFIX + ".* cannot be read (" + given + "): " + cause.getMessage(), e);
        }
    }

    private ClusterSettings settings(String namespace) {
        Map<String, String> hard =
                Map.of("cpu", quota.cpu(), "memory", quota.memory(), "pods", Integer.toString(quota.pods()));
        return new ClusterSettings(new PodPacing(podStart, podStop, backOffSpeed), certificate, Optional.empty())
                .withQuota(new NamespaceQuota(namespace, hard));
    }
}
