package io.agentstation.store.audit;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done, or refused.
 *
 * @param id        a UUIDv7 of the moment; storing an entry again changes nothing
 * @param action    method and path, its variables by name: {@code POST /api/agents/{id}/scale}
 * @param target    what it was done to, where there is one thing
 * @param address   of the client
 * @param status    of the answer
 * @param reason    the client's own, or the word for programs of a refusal
 * @param requestId as in the header of the answer
 * @param times     how often: more than once only for what is counted instead of listed
 */
public record AuditEntry(
        UUID id,
        Actor actor,
        String action,
        @Nullable String target,
        String address,
        int status,
        Outcome outcome,
        @Nullable String reason,
        @Nullable String requestId,
        int times) {

    private static final int TIME_BITS_FROM = 16;

    /** What came of it. */
    public enum Outcome {
        /** The answer says that it was done. */
        DONE,
        /** It is durably queued. */
        ACCEPTED,
        /** The client may not, or asked for what cannot be. */
        REFUSED,
        /** The station could not: whether it was done is not known. */
        FAILED;

        /** By the status of the answer. */
        public static Outcome of(int status) {
            if (status >= 500) {
                return FAILED;
            }
            if (status >= 400) {
                return REFUSED;
            }
            return status == 202 ? ACCEPTED : DONE;
        }

        /** Its word in answers and tables. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Who it was.
     *
     * @param kind  key, agent or unknown
     * @param id    of the key or the agent
     * @param owner of the key
     */
    public record Actor(
            String kind, @Nullable String id, @Nullable UUID owner) {

        /** Somebody without a valid credential. */
        public static final Actor UNKNOWN = new Actor("unknown", null, null);
    }

    /** When it ended. */
    public Instant at() {
        return timeOf(id);
    }

    /** The moment of a UUIDv7. */
    public static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> TIME_BITS_FROM);
    }
}
