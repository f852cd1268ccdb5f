package io.agentstation.gateway.audit;

import io.agentstation.gateway.clients.ClientAddresses;
import io.agentstation.gateway.errors.ErrorWriter;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.store.audit.AuditEntry;
import io.agentstation.store.audit.AuditEntry.Actor;
import io.agentstation.store.audit.AuditEntry.Outcome;
import io.agentstation.store.audit.AuditPlace;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts into the audit log what every request came to that was more than reading: who, what, from where, with which
 * outcome. Reading is listed when it was forbidden. Heartbeats and metrics are not listed: there are too many, and they
 * change nothing. Failed logins and requests beyond a limit are counted.
 */
@Component
@Order(-10)
final class AuditFilter extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> REPORTS =
            Set.of("POST /api/agents/{id}/heartbeat", "POST /api/agents/{id}/metrics");

    private final AuditTrail trail;
    private final ClientAddresses addresses;

    AuditFilter(AuditTrail trail, ClientAddresses addresses) {
        this.trail = trail;
        this.addresses = addresses;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // Asked while the request is certainly this one.
        String address = addresses.of(request);
        boolean answered = false;
        try {
            chain.doFilter(request, response);
            answered = true;
        } finally {
            if (answered && request.isAsyncStarted()) {
                seeAtTheEnd(request, response, address);
            } else {
                int status = answered ? response.getStatus() : HttpStatus.INTERNAL_SERVER_ERROR.value();
                see(request, response, status, address);
            }
        }
    }

    private void seeAtTheEnd(HttpServletRequest request, HttpServletResponse response, String address) {
        // Which is nothing to see: a heartbeat costs no listener.
        if (!REPORTS.contains(AuditedRequest.action(request))) {
            request.getAsyncContext()
                    .addListener(new AtTheEnd(() -> see(request, response, response.getStatus(), address)));
        }
    }

    private void see(HttpServletRequest request, HttpServletResponse response, int status, String address) {
        Object caller = request.getAttribute(Caller.ATTRIBUTE);
        boolean tooOften = status == HttpStatus.TOO_MANY_REQUESTS.value();
        if (caller instanceof Caller known) {
            place(known, request).ifPresent(place -> {
                if (tooOften) {
                    trail.count(new Tally.Counted(place, actor(known), "exceed a rate limit", address, status));
                } else if (isListed(request, status)) {
                    trail.add(place, entry(known, request, response, status, address));
                }
            });
        } else if (tooOften || status == HttpStatus.UNAUTHORIZED.value()) {
            trail.count(new Tally.Counted(AuditPlace.STATION, Actor.UNKNOWN, "log in", address, status));
        }
    }

    private static boolean isListed(HttpServletRequest request, int status) {
        boolean changes = !READING.contains(request.getMethod());
        return (changes && !REPORTS.contains(AuditedRequest.action(request))) || status == HttpStatus.FORBIDDEN.value();
    }

    private AuditEntry entry(
            Caller caller, HttpServletRequest request, HttpServletResponse response, int status, String address) {
        return new AuditEntry(
                trail.freshId(),
                actor(caller),
                AuditedRequest.action(request),
                AuditedRequest.target(request, response),
                address,
                status,
                Outcome.of(status),
                reason(request),
                response.getHeader(ErrorWriter.REQUEST_ID_HEADER),
                1);
    }

    private static @Nullable String reason(HttpServletRequest request) {
        return request.getAttribute(RequestRefused.CODE_ATTRIBUTE) instanceof String code
                ? code
                : AuditNotes.of(request).map(AuditNotes.Note::reason).orElse(null);
    }

    /** An agent's token tells no workspace; what it may do at all is told by its controller. */
    private static Optional<AuditPlace> place(Caller caller, HttpServletRequest request) {
        return caller instanceof Caller.User user
                ? Optional.of(AuditPlace.of(user.workspace()))
                : AuditNotes.of(request).map(note -> AuditPlace.of(note.workspace()));
    }

    private static Actor actor(Caller caller) {
        return caller instanceof Caller.Agent agent
                ? new Actor("agent", agent.id().toString(), null)
                : new Actor("key", caller.user().keyId(), caller.user().owner());
    }

    /** Runs once, when an answer that no thread waited for is complete. */
    private record AtTheEnd(Runnable task) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            task.run();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
