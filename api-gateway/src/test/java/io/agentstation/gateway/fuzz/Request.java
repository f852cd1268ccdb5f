package io.agentstation.gateway.fuzz;

import io.agentstation.gateway.openapi.Operation;
import java.nio.charset.StandardCharsets;

/**
 * A request, and what is expected of its answer besides that it is as documented.
 *
 * @param number     of the seed's requests
 * @param target     path and query as they are sent
 * @param refusalDue whether the document forbids it
 * @param latin      all of it, each byte as the character of its number
 */
record Request(
        int number, Kind kind, Operation operation, String method, String target, boolean refusalDue, String latin) {

    private static final int SHOWN = 3_000;

    /** How it was made. */
    enum Kind {
        VALID,
        NEARLY_VALID,
        HOSTILE
    }

    byte[] bytes() {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    @Override
    public String toString() {
        return kind + " request " + number + (refusalDue ? ", to be refused" : "") + ":\n"
                + latin.substring(0, Math.min(SHOWN, latin.length()));
    }
}
