package io.agentstation.gateway.exports;

/** Its client reads so slowly that the export is ended: the slot is wanted by others. */
final class ExportTookTooLong extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExportTookTooLong(String message) {
        super(message);
    }
}
