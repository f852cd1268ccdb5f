package io.agentstation.provisioner.objects;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.wire.Wire;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Annotations: the only place for what users wrote, since their values may be any text. */
public final class Annotations {

    static final String DESCRIPTION = "agentstation.io/description";
    static final String WORKSPACE = "agentstation.io/workspace";

    // One JSON object: a user's label need not be a legal annotation key.
    static final String USER_LABELS = "agentstation.io/labels";

    /** On the pod template: another value replaces the pods. */
    static final String RESTART = "agentstation.io/restart-generation";

    /** On the Deployment: how many replicas the Station was last asked for. */
    public static final String REPLICAS = "agentstation.io/replicas";

    // Both names of one wish, before and since kubectl 1.21: logs and exec mean the agent, not its sidecar.
    static final SortedMap<String, String> DEFAULT_CONTAINER = Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
            "kubectl.kubernetes.io/default-container", ContainerManifest.NAME,
            "kubectl.kubernetes.io/default-logs-container", ContainerManifest.NAME)));

    private Annotations() {}

    static SortedMap<String, String> of(AgentSpec spec) {
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put(WORKSPACE, spec.workspace().value());
        String description = spec.description();
        if (description != null) {
            annotations.put(DESCRIPTION, description);
        }
        if (!spec.labels().isEmpty()) {
            annotations.put(USER_LABELS, Wire.writeText(spec.labels()));
        }
        return annotations;
    }
}
