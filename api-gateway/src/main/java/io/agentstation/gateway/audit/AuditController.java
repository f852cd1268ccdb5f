package io.agentstation.gateway.audit;

import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.history.NextLink;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.store.audit.AuditEntry;
import io.agentstation.store.audit.AuditEntry.Actor;
import io.agentstation.store.audit.AuditLog;
import io.agentstation.store.audit.AuditPlace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/audit}: the audit log of the caller's workspace, newest first; {@code scope=station} for the station's. */
@RestController
final class AuditController {

    private static final String PATH = "/api/audit";

    /** An entry as it is shown. */
    record EntryView(
            UUID id,
            Instant at,
            Actor actor,
            String action,
            @Nullable String target,
            String address,
            int status,
            String outcome,
            @Nullable String reason,
            @Nullable String requestId,
            int times) {
        static EntryView of(AuditEntry entry) {
            return new EntryView(
                    entry.id(),
                    entry.at(),
                    entry.actor(),
                    entry.action(),
                    entry.target(),
                    entry.address(),
                    entry.status(),
                    entry.outcome().word(),
                    entry.reason(),
                    entry.requestId(),
                    entry.times());
        }
    }

    private final AuditLog log;
    private final InstantSource clock;

    AuditController(AuditLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    @GetMapping(PATH)
    ResponseEntity<List<EntryView>> list(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @RequestParam MultiValueMap<String, String> parameters) {
        AuditQuery query = AuditQuery.of(parameters, clock.instant());
        Caller.User user = caller.user();
        if (query.ofTheStation() && !user.grant().station()) {
            throw RequestRefused.forbidden("Forbidden: this needs a key with the scope station");
        }
        AuditPlace place = query.ofTheStation() ? AuditPlace.STATION : AuditPlace.of(user.workspace());
        AuditLog.Page page = log.read(place, query.part());
        return NextLink.answer(
                page.entries().stream().map(EntryView::of).toList(),
                PATH,
                parameters,
                page.next().map(UUID::toString));
    }
}
