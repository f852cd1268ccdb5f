package io.agentstation.gateway.requests;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.util.MultiValueMap;

/**
 * The parameters of a query, read one by one: one that is wrong, or given twice, is noted as a problem and read as absent.
 * Parameters that nobody asks for are ignored, as unknown fields of a body are.
 */
public final class QueryForm {

    // RFC 3339 section 5.6, without leap seconds, and with offsets as far as java.time goes (18 hours). Its years have
    // four digits, so that every time fits wherever it is
    // kept.
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d"
            + "(\\.\\d{1,9})?([Zz]|[+-]([01]\\d|2[0-3]):[0-5]\\d)");
    // What RFC 3339 can write in UTC.
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");

    private final MultiValueMap<String, String> parameters;
    private final Problems problems;

    private QueryForm(MultiValueMap<String, String> parameters, Problems problems) {
        this.parameters = parameters;
        this.problems = problems;
    }

    /** The form of a request's query. */
    public static QueryForm of(MultiValueMap<String, String> parameters, Problems problems) {
        return new QueryForm(parameters, problems);
    }

    /** Where this form's problems are noted. */
    public Problems problems() {
        return problems;
    }

    /** Whether the parameter was sent. */
    public boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** Whether the parameter was sent once, as this text. */
    public boolean has(String name, String text) {
        return List.of(text).equals(parameters.get(name));
    }

    /**
     * A parameter that a reader understands.
     *
     * @param rule what it must be, for whoever sent another
     */
    public <T> Optional<T> read(String name, Function<String, Optional<T>> reader, String rule) {
        List<String> given = parameters.getOrDefault(name, List.of());
        if (given.size() > 1) {
            problems.add(name, name + " must be given once");
            return Optional.empty();
        }
        Optional<T> value = given.stream().findFirst().flatMap(reader);
        if (!given.isEmpty() && value.isEmpty()) {
            problems.add(name, name + " must be " + rule);
        }
        return value;
    }

    /** A whole number within bounds, in digits. */
    public Optional<Integer> integer(String name, int least, int most) {
        return read(
                name,
                text -> Optional.of(text)
                        .filter(digits -> INTEGER.matcher(digits).matches())
                        .map(Integer::valueOf)
                        .filter(number -> number >= least && number <= most),
                "an integer from " + least + " to " + most);
    }

    /** A moment that is so long before another, or the earliest one that can be answered. */
    public static Instant before(Instant moment, Duration length) {
        return answerable(moment.minus(length));
    }

    // An offset, or a length, can lead out of the years that have four digits, where nothing has happened.
    private static Instant answerable(Instant moment) {
        Instant notTooEarly = moment.isBefore(EARLIEST) ? EARLIEST : moment;
        return notTooEarly.isAfter(LATEST) ? LATEST : notTooEarly;
    }

    /** A moment, rounded up to the millisecond: the station's own times have no finer parts. */
    public Optional<Instant> time(String name) {
        return read(name, QueryForm::parseTime, "a time by RFC 3339, such as 2026-01-31T08:00:00Z");
    }

    /** One of the values, by the name that a client sends. */
    public <T> Optional<T> oneOf(String name, T[] values, Function<T, String> sent) {
        return read(
                name,
                text -> Arrays.stream(values)
                        .filter(value -> sent.apply(value).equals(text))
                        .findFirst(),
                "one of: " + Arrays.stream(values).map(sent).collect(Collectors.joining(", ")));
    }

    /** Reads a moment as {@link #time} does; empty when it is none. */
    public static Optional<Instant> parseTime(String text) {
        if (!TIME.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            Instant time = Instant.parse(text);
            Instant millisecond = time.truncatedTo(ChronoUnit.MILLIS);
            Instant roundedUp = millisecond.equals(time) ? time : millisecond.plusMillis(1);
            return Optional.of(answerable(roundedUp));
        } catch (DateTimeParseException e) {
            // A day that its month does not have.
            return Optional.empty();
        }
    }
}
