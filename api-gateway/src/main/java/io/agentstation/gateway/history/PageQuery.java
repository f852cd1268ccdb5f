package io.agentstation.gateway.history;

import io.agentstation.gateway.requests.QueryForm;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which page of a history is asked for, newest first.
 *
 * @param limit  how many at most, 1 to 1,000
 * @param cursor only what lies before this place
 * @param from   only what happened then or later
 * @param to     only what happened before
 */
public record PageQuery<C>(int limit, Optional<C> cursor, Optional<Instant> from, Optional<Instant> to) {

    private static final int MOST = 1_000;
    private static final int USUAL = 100;

    /** Reads {@code limit}, {@code cursor}, {@code from} and {@code to}; what is wrong is noted in the form's problems. */
    public static <C> PageQuery<C> read(QueryForm form, Function<String, Optional<C>> place) {
        int limit = form.integer("limit", 1, MOST).orElse(USUAL);
        Optional<C> cursor = form.read("cursor", place, "one that a Link header gave");
        Optional<Instant> from = form.time("from");
        Optional<Instant> to = form.time("to");
        if (from.isPresent() && to.isPresent()) {
            TimeOrder.require(from.get(), to.get(), form.problems());
        }
        return new PageQuery<>(limit, cursor, from, to);
    }
}
