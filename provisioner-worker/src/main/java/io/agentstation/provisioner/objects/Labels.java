package io.agentstation.provisioner.objects;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The labels of every object: Kubernetes' recommended ones and the Station's own.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/">Recommended labels</a>
 */
public final class Labels {

    /** The station whose object it is. */
    public static final String STATION = "agentstation.io/station";

    /** The agent's uuid. */
    public static final String AGENT = "agentstation.io/agent";

    /** The agent's partition of {@code agent.commands}. */
    public static final String PARTITION = "agentstation.io/partition";

    private Labels() {}

    /** All labels of an agent's objects. */
    public static SortedMap<String, String> of(DesiredAgent agent, String stationId) {
        SortedMap<String, String> labels = new TreeMap<>(ofAgent(agent.agentId(), stationId));
        labels.put("app.kubernetes.io/name", "agent");
        labels.put("app.kubernetes.io/instance", agent.spec().name());
        labels.put("app.kubernetes.io/managed-by", "agent-station");
        labels.put("app.kubernetes.io/part-of", "agent-station");
        labels.put(PARTITION, Integer.toString(agent.partition()));
        return labels;
    }

    /** The two labels that select what belongs to an agent, and nothing else. */
    public static SortedMap<String, String> ofAgent(AgentId agent, String stationId) {
        return new TreeMap<>(Map.of(STATION, stationId, AGENT, agent.toString()));
    }

    /** Whose object it is; empty without a readable label. */
    public static Optional<AgentId> agentOf(HasMetadata object) {
        return label(object, AGENT).flatMap(AgentId::parse);
    }

    /** The partition of the agent whose object it is; empty without a readable label. */
    public static Optional<Integer> partitionOf(HasMetadata object) {
        return label(object, PARTITION).filter(text -> text.matches("\\d{1,6}")).map(Integer::valueOf);
    }

    private static Optional<String> label(HasMetadata object, String key) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return Optional.ofNullable(labels == null ? null : labels.get(key));
    }
}
