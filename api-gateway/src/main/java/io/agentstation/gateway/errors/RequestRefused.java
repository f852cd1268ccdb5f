package io.agentstation.gateway.errors;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** This request gets no other answer than an error; thrown anywhere below a controller or filter, answered in one place. */
public final class RequestRefused extends RuntimeException {

    /** The request attribute in which the word for programs of a refusal stays behind. */
    public static final String CODE_ATTRIBUTE = "io.agentstation.refusal";

    private static final long serialVersionUID = 1L;
    private static final String RETRY_AFTER_SECONDS = "1";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final HttpStatus status;
    private final String code;
    private final transient List<FieldProblem> details;
    private final String retryAfter;

    /** A refusal with its status, its word for programs and its sentence. */
    public RequestRefused(HttpStatus status, String code, String error) {
        this(status, code, error, List.of(), null, RETRY_AFTER_SECONDS);
    }

    private RequestRefused(
            HttpStatus status,
            String code,
            String error,
            List<FieldProblem> details,
            @Nullable Throwable cause,
            String retryAfter) {
        super(error, cause);
        this.status = status;
        this.code = code;
        this.details = List.copyOf(details);
        this.retryAfter = retryAfter;
    }

    /** 400 for fields that are wrong: the first one's message is the sentence. */
    public static RequestRefused invalid(List<FieldProblem> problems) {
        return new RequestRefused(
                HttpStatus.BAD_REQUEST,
                "invalid_request",
                problems.get(0).message(),
                problems,
                null,
                RETRY_AFTER_SECONDS);
    }

    /** 400 for one field that is wrong. */
    public static RequestRefused invalid(String field, String message) {
        return invalid(List.of(new FieldProblem(field, message)));
    }

    /** 403 for what exceeds the quota of the agents' namespace. */
    public static RequestRefused quotaExceeded(List<FieldProblem> exceeded) {
        String sentence = exceeded.stream().map(FieldProblem::message).collect(Collectors.joining("; "));
        return new RequestRefused(
                HttpStatus.FORBIDDEN,
                "quota_exceeded",
                "Resource quota exceeded: " + sentence,
                exceeded,
                null,
                RETRY_AFTER_SECONDS);
    }

    /** 400 for a body that cannot be read at all. */
    public static RequestRefused malformed(String error) {
        return new RequestRefused(HttpStatus.BAD_REQUEST, "malformed_body", error);
    }

    /** 401: no valid credential. */
    public static RequestRefused unauthorized() {
        return new RequestRefused(HttpStatus.UNAUTHORIZED, "unauthorized", "Unauthorized");
    }

    /** 403: the caller may not. */
    public static RequestRefused forbidden(String error) {
        return new RequestRefused(HttpStatus.FORBIDDEN, "forbidden", error);
    }

    /** 429: too often; how long to wait is rounded up to whole seconds, at least one. */
    public static RequestRefused tooOften(String code, String error, Duration wait) {
        long seconds = Math.max(1, wait.plusNanos(NANOS_PER_SECOND - 1).toSeconds());
        return new RequestRefused(HttpStatus.TOO_MANY_REQUESTS, code, error, List.of(), null, String.valueOf(seconds));
    }

    /** 404: no such agent, or another workspace's, which is the same to the caller. */
    public static RequestRefused agentNotFound() {
        return new RequestRefused(HttpStatus.NOT_FOUND, "agent_not_found", "Agent not found");
    }

    /** 503: what the request needs is away; the client should try again. */
    public static RequestRefused unavailable(String error, @Nullable Throwable cause) {
        return new RequestRefused(
                HttpStatus.SERVICE_UNAVAILABLE, "unavailable", error, List.of(), cause, RETRY_AFTER_SECONDS);
    }

    /** The status of the answer. */
    public HttpStatus status() {
        return status;
    }

    /** Its word for programs. */
    public String code() {
        return code;
    }

    ErrorAnswer answer(String requestId) {
        return new ErrorAnswer(String.valueOf(getMessage()), code, requestId, details);
    }

    HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        if (status == HttpStatus.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS) {
            headers.set(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        return headers;
    }
}
