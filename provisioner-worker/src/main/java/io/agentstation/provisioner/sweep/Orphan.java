package io.agentstation.provisioner.sweep;

import io.agentstation.contracts.ids.AgentId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * An agent that has objects on the cluster and should not.
 *
 * @param removed whether its row says so; otherwise there is no row
 * @param objects as they were listed before the row was read
 */
record Orphan(AgentId agent, int partition, boolean removed, List<HasMetadata> objects) {

    Orphan {
        objects = List.copyOf(objects);
    }
}
