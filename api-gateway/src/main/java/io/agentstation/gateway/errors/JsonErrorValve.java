package io.agentstation.gateway.errors;

import io.agentstation.gateway.edges.SecurityHeaders;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.juli.logging.Log;
import org.apache.juli.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Answers what Tomcat refuses by itself (encoded slashes, {@code %00}, long headers, bad request lines, TRACE) and whatever
 * escaped every handler: in the one error format, and with the headers that every answer has.
 */
public final class JsonErrorValve extends ErrorReportValve {

    private static final Log log = LogFactory.getLog(JsonErrorValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        boolean answered = response.getStatus() < 400 || response.getContentWritten() > 0;
        if (answered || !response.setErrorReported()) {
            return;
        }
        try {
            // No filter was asked.
            SecurityHeaders.put(response.getResponse());
            response.getResponse().setHeader(HttpHeaders.CACHE_CONTROL, RequestIdFilter.NOT_KEPT);
            ErrorWriter.write(request.getRequest(), response.getResponse(), ServerRefusals.of(response.getStatus()));
            response.finishResponse();
        } catch (IOException e) {
            log.debug("The client went before it was told of its error", e);
        }
    }
}
