package io.agentstation.contracts.topics;

/** Names and values of record headers. */
public final class RecordHeaders {

    /** Says what a record is when it is not the topic's ordinary message. */
    public static final String TYPE = "type";

    /** Value of {@link #TYPE} on a tick: readers of heartbeats look for it before decoding. */
    public static final String TYPE_TICK = "tick";

    /** Message authentication code of the record's value, by the station key (purpose {@code tick}). */
    public static final String HMAC = "hmac";

    /** On a dead letter: why it is there. */
    public static final String REASON = "reason";

    private RecordHeaders() {}
}
