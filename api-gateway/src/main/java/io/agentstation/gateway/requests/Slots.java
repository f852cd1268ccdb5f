package io.agentstation.gateway.requests;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.errors.RequestRefused;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * Bounds what holds a thread for long: so many at the same time, and so many of them for one workspace. One too many is
 * refused at once and does not wait: a waiting request would hold a thread too. It is a 429 and not a 503, since nothing is
 * broken. Thread-safe.
 */
public final class Slots {

    private final int atOnce;
    private final int perWorkspace;
    private final String code;
    private final String refusal;
    private final Map<WorkspaceId, Integer> taken = new HashMap<>();
    private int total;

    /** So many in all and for each workspace; the refusal's word for programs and its sentence. */
    public Slots(int atOnce, int perWorkspace, String code, String refusal) {
        this.atOnce = atOnce;
        this.perWorkspace = perWorkspace;
        this.code = code;
        this.refusal = refusal;
    }

    /** A place among them; close it when what takes it has ended, however it did. */
    public interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes a slot.
     *
     * @throws RequestRefused 429 when there is none for this workspace now
     */
    public synchronized Slot take(WorkspaceId workspace) {
        int own = taken.getOrDefault(workspace, 0);
        if (total >= atOnce || own >= perWorkspace) {
            throw new RequestRefused(HttpStatus.TOO_MANY_REQUESTS, code, refusal);
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
