package io.agentstation.gateway.requests;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.errors.RequestRefused;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;

/** The header by which a client says that a request is one that it has sent before. */
public final class IdempotencyKey {

    /** Its name. */
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern WELL_FORMED = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private IdempotencyKey() {}

    /**
     * The key, if there is one.
     *
     * @throws RequestRefused 400 when it is not well-formed
     */
    public static Optional<String> of(@Nullable String header) {
        if (header != null && !WELL_FORMED.matcher(header).matches()) {
            throw RequestRefused.invalid(HEADER, HEADER + " must be 1 to 255 visible ASCII characters");
        }
        return Optional.ofNullable(header);
    }

    /** 422: the key stands for another request. */
    public static RequestRefused reused() {
        return new RequestRefused(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "idempotency_key_reused",
                HEADER + " was used before with another request body");
    }

    /**
     * What a request says, not how it is written; keyed by the station, since it may hold secrets that could be guessed from
     * a plain hash.
     */
    public static byte[] hash(StationKey station, JsonNode request) {
        Object content = Wire.mapper().treeToValue(request, Object.class);
        byte[] canonical = Wire.mapper()
                .writer()
                .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .writeValueAsBytes(content);
        return station.mac("idempotency", canonical);
    }
}
