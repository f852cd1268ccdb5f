package io.agentstation.gateway.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Health as it is told.
 *
 * @param status     {@code ok} or {@code degraded}
 * @param components absent for those who are told one word
 * @param alarms     absent for those who are told one word, and when there are none
 */
public record HealthAnswer(
        String status,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, String> components,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Alarm> alarms) {

    /** One word of it. */
    static HealthAnswer word(GatewayHealth.Seen seen) {
        return new HealthAnswer(seen.status(), null, List.of());
    }

    /** All of it. */
    public static HealthAnswer whole(GatewayHealth.Seen seen) {
        return new HealthAnswer(seen.status(), seen.components(), seen.alarms());
    }
}
