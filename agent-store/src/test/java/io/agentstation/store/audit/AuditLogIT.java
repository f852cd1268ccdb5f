package io.agentstation.store.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.audit.AuditEntry.Actor;
import io.agentstation.store.audit.AuditEntry.Outcome;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditLogIT {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final UUID NOW = TestIds.agentOf(NOON.plusSeconds(1)).value();

    private final AuditLog log = new AuditLog(TestStore.get());
    private final AuditPlace place = AuditPlace.of(WorkspaceId.of(TestIds.name("w")));
    private List<AuditEntry> written = List.of();

    @BeforeEach
    void anEntryEveryTenHours() {
        written = IntStream.range(0, 10)
                .mapToObj(back -> entry(NOON.minus(Duration.ofHours(10L * back)), back % 2 == 0 ? 200 : 403))
                .toList();
        // Twice: adding an entry again changes nothing.
        written.forEach(entry -> log.add(place, entry).toCompletableFuture().join());
        written.forEach(entry -> log.add(place, entry).toCompletableFuture().join());
    }

    @Test
    void entriesAreReadNewestFirstOverDaysAndPages() {
        AuditLog.Page first = log.read(place, part(NOW, Duration.ofDays(30), 4, null));
        AuditLog.Page second = log.read(place, part(first.next().orElseThrow(), Duration.ofDays(30), 100, null));

        assertThat(first.entries()).isEqualTo(written.subList(0, 4));
        assertThat(second.entries()).isEqualTo(written.subList(4, 10));
        assertThat(second.next()).isEmpty();
    }

    @Test
    void onlyEntriesFromThenOnAreRead() {
        AuditLog.Page page = log.read(place, part(NOW, Duration.ofHours(25), 100, null));

        assertThat(page.entries()).isEqualTo(written.subList(0, 3));
    }

    @Test
    void aFilterLeavesOutWhatDoesNotPassIt() {
        AuditLog.Page page = log.read(place, part(NOW, Duration.ofDays(30), 100, Outcome.REFUSED));

        assertThat(page.entries())
                .hasSize(5)
                .allSatisfy(entry -> assertThat(entry.status()).isEqualTo(403));
    }

    @Test
    void anotherWorkspacesLogIsAnother() {
        AuditPlace other = AuditPlace.of(WorkspaceId.of(TestIds.name("other")));

        assertThat(log.read(other, part(NOW, Duration.ofDays(30), 100, null)).entries())
                .isEmpty();
    }

    private static AuditLog.Part part(UUID before, Duration back, int most, @Nullable Outcome outcome) {
        return new AuditLog.Part(
                before, NOON.minus(back), most, entry -> outcome == null || entry.outcome() == outcome);
    }

    private static AuditEntry entry(Instant at, int status) {
        return new AuditEntry(
                TestIds.agentOf(at).value(),
                new Actor("key", "k1", new UUID(1, 2)),
                "POST /api/agents/{id}/scale",
                "t",
                "192.0.2.1",
                status,
                Outcome.of(status),
                status == 403 ? "forbidden" : null,
                "request-1",
                1);
    }
}
