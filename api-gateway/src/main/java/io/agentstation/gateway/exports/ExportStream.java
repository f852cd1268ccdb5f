package io.agentstation.gateway.exports;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.exports.ExportDocument.Deadline;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.coyote.CloseNowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import tools.jackson.core.exc.JacksonIOException;

/** Sends a document as a response, or cuts the connection when that cannot be done to the end. */
final class ExportStream {

    private static final Logger log = LoggerFactory.getLogger(ExportStream.class);

    private final Duration longest;
    private final LongSupplier nanoTime;

    ExportStream(Duration longest, LongSupplier nanoTime) {
        this.longest = longest;
        this.nanoTime = nanoTime;
    }

    /**
     * Sends what is written; returns when it is with the server's sockets.
     *
     * <p>A failure before the first bytes have left is thrown as it is, to be answered like any other. Later there is no
     * status left to tell it by: the connection is closed without the end of the body, which every HTTP client takes for an
     * error.
     *
     * @throws IOException when the client has gone or the connection is to be cut; Tomcat then closes it
     */
    void send(HttpServletResponse response, AgentId agent, Consumer<ExportDocument> written) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        try {
            written.accept(new ExportDocument(response.getOutputStream(), deadline(response)));
        } catch (JacksonIOException e) {
            // The client has gone, or has taken nothing for as long as the server waits.
            log.atDebug().addKeyValue("agentId", agent).log("The client of an export has gone", e);
            throw e.getCause();
        } catch (RuntimeException e) {
            if (!response.isCommitted()) {
                response.resetBuffer();
                throw e;
            }
            log.atWarn().addKeyValue("agentId", agent).setCause(e).log("An export was cut off");
            // Without its cause: that has an answer of its own (StoreUnavailable is a 503), which would be appended to
            // what was sent, and completed.
            throw new CloseNowException("an export cannot be finished");
        }
    }

    /** Until the first bytes have left, the request's own deadline holds: the client waits for a status. */
    private Deadline deadline(HttpServletResponse response) {
        long due = nanoTime.getAsLong() + longest.toNanos();
        AtomicBoolean hasBegun = new AtomicBoolean();
        return () -> {
            if (response.isCommitted() && hasBegun.compareAndSet(false, true)) {
                io.agentstation.store.session.Deadline.current().extend(longest);
            }
            if (nanoTime.getAsLong() - due >= 0) {
                throw new ExportTookTooLong("an export may take " + longest.toSeconds() + " s at most");
            }
        };
    }
}
