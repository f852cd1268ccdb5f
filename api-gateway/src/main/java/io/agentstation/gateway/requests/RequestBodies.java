package io.agentstation.gateway.requests;

import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.errors.RequestRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the JSON object that a request brings: at most so many bytes of it into memory, JSON by its content type, no
 * duplicate keys, nothing after it, no text that cannot be stored.
 */
public final class RequestBodies {

    private RequestBodies() {}

    /**
     * The body.
     *
     * @throws RequestRefused 413 when it is larger than {@code most}, 415 when it is not said to be JSON in UTF-8, 400 when
     *     it is not one JSON object
     */
    public static ObjectNode object(HttpServletRequest request, DataSize most) {
        requireSize(request.getContentLengthLong(), most);
        requireJson(request.getContentType());
        byte[] body = read(request, most);
        requireSize(body.length, most);
        return parse(body);
    }

    /** The body as {@link #object} reads it; an empty object when there is none, whatever its type is said to be. */
    public static ObjectNode optionalObject(HttpServletRequest request, DataSize most) {
        requireSize(request.getContentLengthLong(), most);
        byte[] body = read(request, most);
        if (body.length == 0) {
            return Wire.mapper().createObjectNode();
        }
        requireJson(request.getContentType());
        requireSize(body.length, most);
        return parse(body);
    }

    private static void requireSize(long bytes, DataSize most) {
        if (bytes > most.toBytes()) {
            throw new RequestRefused(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "payload_too_large",
                    "The request body must be at most " + most.toBytes() + " bytes");
        }
    }

    private static void requireJson(@Nullable String contentType) {
        if (contentType == null) {
            return;
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            Charset charset = type.getCharset();
            boolean utf8 = charset == null || charset.equals(StandardCharsets.UTF_8);
            if (utf8 && MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)) {
                return;
            }
            throw unsupported(null);
        } catch (InvalidMediaTypeException e) {
            throw unsupported(e);
        }
    }

    private static RequestRefused unsupported(@Nullable Throwable cause) {
        RequestRefused refusal = new RequestRefused(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "Content-Type must be application/json, in UTF-8");
        if (cause != null) {
            refusal.addSuppressed(cause);
        }
        return refusal;
    }

    private static byte[] read(HttpServletRequest request, DataSize most) {
        try {
            return request.getInputStream().readNBytes(Math.toIntExact(most.toBytes()) + 1);
        } catch (IOException e) {
            RequestRefused refusal = RequestRefused.malformed("The request body ended before its end, or is not valid");
            refusal.addSuppressed(e);
            throw refusal;
        }
    }

    static ObjectNode parse(byte[] body) {
        if (body.length == 0) {
            throw RequestRefused.malformed("The request body is missing: a JSON object is required");
        }
        JsonNode tree = tree(body);
        if (!(tree instanceof ObjectNode object)) {
            throw RequestRefused.malformed("The request body must be a JSON object");
        }
        TextRules.requireStorable(object);
        return object;
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Wire.mapper().readTree(body);
        } catch (JacksonException e) {
            RequestRefused refusal = RequestRefused.malformed("The request body is not valid JSON: " + reason(e));
            refusal.addSuppressed(e);
            throw refusal;
        }
    }

    private static String reason(JacksonException failure) {
        String message =
                String.valueOf(failure.getOriginalMessage()).lines().findFirst().orElse("");
        return Problems.shortened(message);
    }
}
