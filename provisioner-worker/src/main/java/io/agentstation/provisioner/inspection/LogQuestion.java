package io.agentstation.provisioner.inspection;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a log are asked for.
 *
 * @param lines  the newest, at most so many
 * @param since  none before this
 * @param follow whether to go on with what comes
 */
record LogQuestion(int lines, Optional<Instant> since, boolean follow) {

    /** More are never held at once. */
    static final int MOST_LINES = 5_000;

    LogQuestion {
        if (lines < 0 || lines > MOST_LINES) {
            throw new IllegalArgumentException("lines must be 0 to " + MOST_LINES + ": " + lines);
        }
    }

    /**
     * Reads the query of a request.
     *
     * @throws IllegalArgumentException when it is wrong
     */
    static LogQuestion parse(@Nullable String query) {
        Map<String, String> values = new HashMap<>();
        for (String pair : (query == null ? "" : query).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        try {
            return new LogQuestion(
                    Integer.parseInt(values.getOrDefault("lines", "100")),
                    Optional.ofNullable(values.get("since")).map(Instant::parse),
                    Boolean.parseBoolean(values.get("follow")));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("since must be a time: " + e.getMessage(), e);
        }
    }
}
