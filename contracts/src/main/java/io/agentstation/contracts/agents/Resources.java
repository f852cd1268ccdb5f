package io.agentstation.contracts.agents;

/**
 * Kubernetes quantities that one replica requests and is limited to, as their user wrote them ("100m", "256Mi").
 *
 * <p>The gateway has checked the syntax and that no request is above its limit; see {@link Quantity}.
 */
public record Resources(String cpuRequest, String memoryRequest, String cpuLimit, String memoryLimit) {

    /** What an agent gets that asks for nothing (reference 000, "Create Agent"). */
    public static final Resources DEFAULT = new Resources("100m", "256Mi", "1000m", "1Gi");

    /** What a station-agent beside an agent gets: a small JVM that sleeps. It counts against a quota as the agent itself does. */
    public static final Resources SIDECAR = new Resources("10m", "64Mi", "200m", "160Mi");

    public Resources {
        Quantity.of(cpuRequest).requireAtMost(Quantity.of(cpuLimit), "cpu_request", "cpu_limit");
        Quantity.of(memoryRequest).requireAtMost(Quantity.of(memoryLimit), "memory_request", "memory_limit");
    }
}
