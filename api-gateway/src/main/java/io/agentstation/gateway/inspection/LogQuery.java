package io.agentstation.gateway.inspection;

import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.QueryForm;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * Which lines of a log are asked for.
 *
 * @param lines  the newest, at most so many
 * @param since  none before this
 * @param follow whether to go on with what comes
 */
record LogQuery(int lines, Optional<Instant> since, boolean follow) {

    private static final int MOST_LINES = 5_000;
    private static final int LINES = 100;
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));
    private static final String SINCE = "since";
    private static final String SINCE_RULE =
            "a time by RFC 3339, such as 2026-01-31T08:00:00Z, or how long ago, such as 30s, 15m, 1h or 2d";

    /**
     * Reads the query.
     *
     * @param lastEvent the header Last-Event-ID, the time of the last line that a client of a stream has seen
     * @throws io.agentstation.gateway.errors.RequestRefused 400 that names every parameter that is wrong
     */
    static LogQuery of(MultiValueMap<String, String> parameters, @Nullable String lastEvent, Instant now) {
        QueryForm form = QueryForm.of(parameters, new Problems());
        int lines = form.integer("lines", 0, MOST_LINES).orElse(LINES);
        boolean follow = form.oneOf("follow", new Boolean[] {true, false}, Object::toString)
                .orElse(false);
        Optional<Instant> since = form.read(SINCE, text -> ago(text, now), SINCE_RULE);
        Optional<Instant> seen = Optional.ofNullable(lastEvent).flatMap(LogQuery::exactly);
        form.problems().refuseIfAny();
        return follow && seen.isPresent()
                ? new LogQuery(MOST_LINES, seen.map(at -> at.plusNanos(1)), true)
                : new LogQuery(lines, since, follow);
    }

    /** To the nanosecond, as it was sent; what is none is not of this stream and means nothing. */
    private static Optional<Instant> exactly(String id) {
        try {
            return Optional.of(Instant.parse(id));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> ago(String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        return ago.matches()
                ? Optional.of(now.minus(
                        UNITS.getOrDefault(ago.group(2), Duration.ZERO).multipliedBy(Long.parseLong(ago.group(1)))))
                : QueryForm.parseTime(text);
    }
}
