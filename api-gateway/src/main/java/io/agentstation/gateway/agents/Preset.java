package io.agentstation.gateway.agents;

import io.agentstation.contracts.agents.Resources;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The recommended resources of reference 001, "Resource Recommendations". */
enum Preset {
    LIGHT,
    STANDARD,
    HEAVY;

    Resources resources() {
        return switch (this) {
            case LIGHT -> new Resources("100m", "128Mi", "500m", "512Mi");
            case STANDARD -> new Resources("250m", "256Mi", "1000m", "1Gi");
            case HEAVY -> new Resources("500m", "512Mi", "2000m", "2Gi");
        };
    }

    /** The preset of this name, as it is written in requests. */
    static Optional<Preset> of(String text) {
        return Arrays.stream(values())
                .filter(preset -> preset.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }
}
