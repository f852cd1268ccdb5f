package io.agentstation.gateway.errors;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The words for statuses that the server, not this program, has decided on. */
final class ServerRefusals {

    private ServerRefusals() {}

    /** The refusal for a status; one that blames the server for what the client sent becomes 400. */
    static RequestRefused of(int status) {
        // Tomcat answers an unknown transfer coding with 501 and an unknown protocol version with 505.
        boolean clientsFault = status == 501 || status == 505;
        HttpStatus known = clientsFault ? HttpStatus.BAD_REQUEST : HttpStatus.resolve(status);
        return of(known);
    }

    static RequestRefused of(@Nullable HttpStatus known) {
        HttpStatus status = known == null ? HttpStatus.BAD_REQUEST : known;
        return new RequestRefused(status, status.name().toLowerCase(Locale.ROOT), sentence(status));
    }

    private static String sentence(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "Bad request: the request line, a header or the path is not valid HTTP";
            case NOT_FOUND -> "Not found";
            case METHOD_NOT_ALLOWED -> "Method not allowed";
            case INTERNAL_SERVER_ERROR -> "Internal server error";
            default -> status.getReasonPhrase();
        };
    }
}
