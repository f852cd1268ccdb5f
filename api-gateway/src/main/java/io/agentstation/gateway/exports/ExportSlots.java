package io.agentstation.gateway.exports;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.errors.RequestRefused;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * Bounds the exports that are written at the same time. One too many is refused at once and does not wait: a waiting
 * request would hold a thread too. It is a 429 and not a 503, since nothing is broken: the others' exports are being written.
 * Thread-safe.
 */
final class ExportSlots {

    private final ExportSettings settings;
    private final Map<WorkspaceId, Integer> taken = new HashMap<>();
    private int total;

    ExportSlots(ExportSettings settings) {
        this.settings = settings;
    }

    /** A place among the exports; close it when the export has ended, however it did. */
    interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes a slot.
     *
     * @throws RequestRefused 429 when there is none for this workspace now
     */
    synchronized Slot take(WorkspaceId workspace) {
        int own = taken.getOrDefault(workspace, 0);
        if (total >= settings.atOnce() || own >= settings.perWorkspace()) {
            throw new RequestRefused(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too_many_exports",
                    "Too many exports are being written, try again when one has ended");
        }
        total++;
        taken.put(workspace, own + 1);
        return () -> giveBack(workspace);
    }

    private synchronized void giveBack(WorkspaceId workspace) {
        total--;
        var unused = taken.computeIfPresent(workspace, (id, own) -> own == 1 ? null : own - 1);
    }
}
