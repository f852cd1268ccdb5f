package io.agentstation.contracts.topics;

/** Names and values of record headers. */
public final class RecordHeaders {

    /** Says what a record is when it is not the topic's ordinary message. */
    public static final String TYPE = "type";

    /** Value of {@link #TYPE} on a tick: readers of heartbeats look for it before decoding. */
    public static final String TYPE_TICK = "tick";

    /**
     * Value of {@link #TYPE} on a gateway's own probe heartbeat: it has no key and is nobody's sign of life, so readers of
     * heartbeats pass it over, as they do every type that they do not know.
     */
    public static final String TYPE_PROBE = "probe";

    /** Message authentication code of the record's value, by the station key (purpose {@code tick}). */
    public static final String HMAC = "hmac";

    /** On a dead letter: why it is there. */
    public static final String REASON = "reason";

    private RecordHeaders() {}
}
