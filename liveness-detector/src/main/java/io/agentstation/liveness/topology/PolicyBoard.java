package io.agentstation.liveness.topology;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.policies.WorkspacePolicies;
import io.agentstation.liveness.detection.Policies;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The newest policy of each workspace, written by the thread that reads them, read by those that decide. Thread-safe. */
final class PolicyBoard implements Policies {

    private final Map<WorkspaceId, UnhealthyPolicy> newest = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();

    @Override
    public UnhealthyPolicy of(WorkspaceId workspace) {
        return newest.getOrDefault(workspace, UnhealthyPolicy.NONE);
    }

    @Override
    public long version() {
        return version.get();
    }

    void set(WorkspacePolicies policies) {
        newest.put(policies.workspace(), policies.onUnhealthy());
        version.incrementAndGet();
    }

    void remove(WorkspaceId workspace) {
        newest.remove(workspace);
        version.incrementAndGet();
    }
}
