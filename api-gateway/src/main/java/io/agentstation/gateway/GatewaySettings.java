package io.agentstation.gateway;

import io.agentstation.contracts.agents.Quantity;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be set of a gateway; the defaults are here.
 *
 * @param baseDomain        {@code dns_name} is the agent's name before it
 * @param namespace         shown as {@code kubernetes_namespace}
 * @param maxCpu            the highest {@code cpu_limit}, a Kubernetes quantity
 * @param maxMemory         the highest {@code memory_limit}, a Kubernetes quantity
 * @param maxReplicas       the highest {@code replicas}
 * @param allowedRegistries where images may come from; empty allows all
 * @param maxBody           of a request
 * @param maxCreateBody     of a create or update, whose {@code env} alone may have 64 KiB of names and values
 * @param deleteWait        how long a delete, or another change that is no POST, waits unless its client says otherwise
 * @param commandTimeout    from publishing a command to Kafka's acknowledgement
 * @param reportTimeout     from taking a heartbeat or metrics to Kafka's acknowledgement
 * @param detectorBlindAfter how long a partition may go without a proof of the detector before that is an alarm
 * @param tickAtStart       false when somebody opens {@link io.agentstation.gateway.ticks.TickGate} later
 */
@ConfigurationProperties("station.gateway")
public record GatewaySettings(
        @DefaultValue("is.plugged.in") String baseDomain,
        @DefaultValue("agents") String namespace,
        @DefaultValue("8") String maxCpu,
        @DefaultValue("16Gi") String maxMemory,
        @DefaultValue("100") int maxReplicas,
        @DefaultValue List<String> allowedRegistries,
        @DefaultValue("64KB") DataSize maxBody,
        @DefaultValue("256KB") DataSize maxCreateBody,
        @DefaultValue("10s") Duration deleteWait,
        @DefaultValue("1800ms") Duration commandTimeout,
        @DefaultValue("1800ms") Duration reportTimeout,
        @DefaultValue("10s") Duration detectorBlindAfter,
        @DefaultValue("true") boolean tickAtStart) {

    private static final DataSize LARGEST_BODY = DataSize.ofMegabytes(1);

    // Reports come once a second: with less than two of them nothing is known.
    private static final Duration SOONEST_BLIND = Duration.ofSeconds(2);
    private static final Duration LATEST_BLIND = Duration.ofHours(1);

    public GatewaySettings {
        requireQuantity("max-cpu", maxCpu);
        requireQuantity("max-memory", maxMemory);
        require("max-replicas", maxReplicas, maxReplicas >= 1);
        requireBody("max-body", maxBody);
        requireBody("max-create-body", maxCreateBody);
        require("delete-wait", deleteWait, !deleteWait.isNegative());
        require("command-timeout", commandTimeout, commandTimeout.toMillis() >= 100);
        require("report-timeout", reportTimeout, reportTimeout.toMillis() >= 100);
        require(
                "detector-blind-after",
                detectorBlindAfter,
                detectorBlindAfter.compareTo(SOONEST_BLIND) >= 0 && detectorBlindAfter.compareTo(LATEST_BLIND) <= 0);
        allowedRegistries = List.copyOf(allowedRegistries);
    }

    private static void requireQuantity(String key, String value) {
        require(key, value, Quantity.parse(value).isPresent());
    }

    private static void requireBody(String key, DataSize value) {
        require(key, value, value.toBytes() > 0 && value.compareTo(LARGEST_BODY) <= 0);
    }

    private static void require(String key, Object value, boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException("station.gateway." + key + " is out of its range: " + value);
        }
    }
}
