package io.agentstation.store.audit;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.store.audit.AuditEntry.Actor;
import io.agentstation.store.audit.AuditEntry.Outcome;
import io.agentstation.store.session.Store;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Table {@code audit}, by workspace and day: entries are kept for a year. */
public final class AuditLog {

    private static final String WRITE = """
            INSERT INTO audit (workspace, day, entry_id, actor_kind, actor, owner, action, target, address, status, outcome,
              reason, request_id, times)
            VALUES (:workspace, :day, :entry_id, :actor_kind, :actor, :owner, :action, :target, :address, :status, :outcome,
              :reason, :request_id, :times)""";

    // So that a filter which hardly anything passes costs a bounded read; the page then ends early.
    private static final int LOOKED_AT = 10_000;

    // The driver would fetch 5,000 rows for the fifty that are wanted; with a filter, pages follow.
    private static final int FETCHED_AT_LEAST = 200;

    /**
     * A part of the log, newest first.
     *
     * @param next the cursor of the part after it, when there may be one
     */
    public record Page(List<AuditEntry> entries, Optional<UUID> next) {}

    /**
     * Which part is wanted.
     *
     * @param before only entries before this id
     * @param from   only entries of then or later
     * @param most   how many at most
     */
    public record Part(UUID before, Instant from, int most, Predicate<AuditEntry> filter) {}

    private final Store store;
    private final PreparedStatement write;
    private final PreparedStatement before;

    public AuditLog(Store store) {
        this.store = store;
        this.write = store.prepare(WRITE);
        this.before =
                store.prepare("SELECT * FROM audit WHERE workspace = :workspace AND day = :day AND entry_id < :before");
    }

    /** Adds an entry; adding it again changes nothing. */
    public CompletionStage<AsyncResultSet> add(AuditPlace place, AuditEntry entry) {
        return store.executeAsync(write.bind()
                .setString("workspace", place.text())
                .setLocalDate("day", dayOf(entry.at()))
                .setUuid("entry_id", entry.id())
                .setString("actor_kind", entry.actor().kind())
                .setString("actor", entry.actor().id())
                .setUuid("owner", entry.actor().owner())
                .setString("action", entry.action())
                .setString("target", entry.target())
                .setString("address", entry.address())
                .setInt("status", entry.status())
                .setString("outcome", entry.outcome().word())
                .setString("reason", entry.reason())
                .setString("request_id", entry.requestId())
                .setInt("times", entry.times())
                .setIdempotent(true));
    }

    /** A part of the log, day by day from the newest; waits. */
    public Page read(AuditPlace place, Part part) {
        List<AuditEntry> found = new ArrayList<>();
        int lookedAt = 0;
        LocalDate oldest = dayOf(part.from());
        for (LocalDate day = dayOf(AuditEntry.timeOf(part.before())); !day.isBefore(oldest); day = day.minusDays(1)) {
            for (AuditEntry entry : of(place, day, part)) {
                if (entry.at().isBefore(part.from())) {
                    return new Page(found, Optional.empty());
                }
                if (part.filter().test(entry)) {
                    found.add(entry);
                }
                if (found.size() == part.most() || ++lookedAt == LOOKED_AT) {
                    return new Page(found, Optional.of(entry.id()));
                }
            }
        }
        return new Page(found, Optional.empty());
    }

    private Iterable<AuditEntry> of(AuditPlace place, LocalDate day, Part part) {
        return store.rows(
                before.bind()
                        .setString("workspace", place.text())
                        .setLocalDate("day", day)
                        .setUuid("before", part.before())
                        .setPageSize(Math.max(FETCHED_AT_LEAST, part.most()))
                        .setIdempotent(true),
                AuditLog::read);
    }

    private static LocalDate dayOf(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static AuditEntry read(Row row) {
        return new AuditEntry(
                row.get("entry_id", UUID.class),
                new Actor(row.get("actor_kind", String.class), row.getString("actor"), row.getUuid("owner")),
                row.get("action", String.class),
                row.getString("target"),
                row.get("address", String.class),
                row.getInt("status"),
                Outcome.valueOf(row.get("outcome", String.class).toUpperCase(Locale.ROOT)),
                row.getString("reason"),
                row.getString("request_id"),
                row.getInt("times"));
    }
}
