package io.agentstation.gateway.audit;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.QueryForm;
import io.agentstation.store.audit.AuditEntry;
import io.agentstation.store.audit.AuditEntry.Outcome;
import io.agentstation.store.audit.AuditLog.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.util.MultiValueMap;

/**
 * Which part of the audit log is asked for.
 *
 * @param ofTheStation whether the station's own is meant, not the workspace's
 */
record AuditQuery(Part part, boolean ofTheStation) {

    private static final int MOST = 1_000;
    private static final int USUAL = 100;
    private static final Duration KEPT = Duration.ofDays(365);
    private static final Duration USUALLY_BACK = Duration.ofDays(30);
    // Ahead of every gateway whose clock is ahead.
    private static final Duration AHEAD = Duration.ofDays(1);

    /** Reads the query; what is wrong with it is a 400 that names it. */
    static AuditQuery of(MultiValueMap<String, String> parameters, Instant now) {
        Problems problems = new Problems();
        QueryForm form = QueryForm.of(parameters, problems);
        int limit = form.integer("limit", 1, MOST).orElse(USUAL);
        Optional<UUID> cursor =
                form.read("cursor", text -> AgentId.parse(text).map(AgentId::value), "one that a Link header gave");
        Instant from = form.time("from").orElse(now.minus(USUALLY_BACK));
        Instant to = form.time("to").orElse(now.plus(AHEAD));
        Predicate<AuditEntry> filter = filter(form);
        boolean station = form.has("scope")
                && form.read("scope", text -> Optional.of(text).filter("station"::equals), "station")
                        .isPresent();
        problems.refuseIfAny();
        Instant oldest = now.minus(KEPT);
        Part part = new Part(cursor.orElse(before(to)), from.isBefore(oldest) ? oldest : from, limit, filter);
        return new AuditQuery(part, station);
    }

    private static Predicate<AuditEntry> filter(QueryForm form) {
        Optional<Outcome> outcome = form.oneOf("outcome", Outcome.values(), Outcome::word);
        return equal(form, "actor", entry -> Optional.ofNullable(entry.actor().id()))
                .and(equal(form, "target", entry -> Optional.ofNullable(entry.target())))
                .and(equal(form, "action", entry -> Optional.of(entry.action())))
                .and(equal(form, "address", entry -> Optional.of(entry.address())))
                .and(entry -> outcome.isEmpty() || outcome.get() == entry.outcome());
    }

    private static Predicate<AuditEntry> equal(
            QueryForm form, String name, Function<AuditEntry, Optional<String>> value) {
        Optional<String> wanted = form.read(name, Optional::of, "a text");
        return entry -> wanted.isEmpty() || wanted.equals(value.apply(entry));
    }

    /** The lowest UUIDv7 of a moment. */
    private static UUID before(Instant end) {
        return new UUID(end.toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE);
    }
}
