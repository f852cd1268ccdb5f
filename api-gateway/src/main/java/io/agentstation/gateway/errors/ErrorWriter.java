package io.agentstation.gateway.errors;

import io.agentstation.contracts.wire.Wire;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;

/** Writes a refusal for those who answer before any controller: filters, and the server itself. */
public final class ErrorWriter {

    /** The header of every answer by which a request can be found again. */
    public static final String REQUEST_ID_HEADER = RequestIdFilter.HEADER;

    private ErrorWriter() {}

    /** Answers the request with the refusal. */
    public static void write(HttpServletRequest request, HttpServletResponse response, RequestRefused refusal)
            throws IOException {
        request.setAttribute(RequestRefused.CODE_ATTRIBUTE, refusal.code());
        String id = RequestIdFilter.idOf(request);
        byte[] body = Wire.write(refusal.answer(id));
        response.setStatus(refusal.status().value());
        response.setHeader(RequestIdFilter.HEADER, id);
        refusal.headers().forEach((name, values) -> response.setHeader(name, values.get(0)));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
