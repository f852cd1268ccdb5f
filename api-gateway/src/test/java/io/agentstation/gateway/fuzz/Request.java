package io.agentstation.gateway.fuzz;

import io.agentstation.gateway.openapi.Operation;
import java.nio.charset.StandardCharsets;

/**
 * A request, and what is expected of its answer besides that it is as documented.
 *
 * @param number     of the seed's requests
 * @param target     path and query as they are sent
 * @param refusalDue whether the document forbids it
 * @param bytes      all of it
 */
record Request(
        int number,
        Kind kind,
        Operation operation,
        String method,
        String target,
        boolean refusalDue,
        byte[] bytes) {

    private static final int SHOWN = 3_000;

    /** How it was made. */
    enum Kind {
        VALID,
        NEARLY_VALID,
        HOSTILE
    }

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    @Override
    public String toString() {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return kind + " request " + number + (refusalDue ? ", to be refused" : "") + ":\n"
                + text.substring(0, Math.min(SHOWN, text.length()));
    }
}
