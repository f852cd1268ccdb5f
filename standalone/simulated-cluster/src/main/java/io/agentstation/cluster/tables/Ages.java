package io.agentstation.cluster.tables;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** How long ago something was, as kubectl prints it (apimachinery's {@code HumanDuration}). */
final class Ages {

    private static final String UNKNOWN = "<unknown>";

    private Ages() {}

    /** @param time as in objects; anything else is unknown */
    static String since(JsonNode time, Instant now) {
        String text = time.asString("");
        return text.isEmpty() ? UNKNOWN : print(Duration.between(Instant.parse(text), now));
    }

    static String print(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        long minutes = seconds / 60;
        long hours = minutes / 60;
        long days = hours / 24;
        if (seconds < 120) {
            return seconds + "s";
        }
        if (hours < 3) {
            return minutes < 10 ? two(minutes, "m", seconds % 60, "s") : minutes + "m";
        }
        if (hours < 48) {
            return hours < 8 ? two(hours, "h", minutes % 60, "m") : hours + "h";
        }
        if (days < 2 * 365) {
            return days < 8 ? two(days, "d", hours % 24, "h") : days + "d";
        }
        return days < 8 * 365 ? two(days / 365, "y", days % 365, "d") : days / 365 + "y";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : small + smallUnit);
    }
}
