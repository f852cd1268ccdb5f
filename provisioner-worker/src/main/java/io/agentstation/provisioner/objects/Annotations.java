package io.agentstation.provisioner.objects;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.ids.NamedUuid;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.store.desired.DesiredAgent;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What users wrote, only in annotations, whose values may be any text; and what makes Kubernetes replace pods. */
public final class Annotations {

    static final String DESCRIPTION = "agentstation.io/description";
    static final String WORKSPACE = "agentstation.io/workspace";

    // One JSON object: a user's label need not be a legal annotation key.
    static final String USER_LABELS = "agentstation.io/labels";

    /** On the pod template: another value replaces the pods. */
    static final String RESTART = "agentstation.io/restart-generation";

    /** On the pod template: which values of environment variables the pods were started with. */
    static final String ENVIRONMENT = "agentstation.io/environment-version";

    /** On the Deployment: how many replicas the Station was last asked for. */
    public static final String REPLICAS = "agentstation.io/replicas";

    // Both names of one wish, before and since kubectl 1.21: logs and exec mean the agent, not its sidecar.
    private static final Map<String, String> DEFAULT_CONTAINER = Map.of(
            "kubectl.kubernetes.io/default-container", ContainerManifest.NAME,
            "kubectl.kubernetes.io/default-logs-container", ContainerManifest.NAME);

    private Annotations() {}

    /** Of the pods; another value than before replaces them. */
    static SortedMap<String, String> ofPods(DesiredAgent agent) {
        SortedMap<String, String> annotations = new TreeMap<>(DEFAULT_CONTAINER);
        annotations.put(RESTART, Long.toString(agent.restartGeneration()));
        SortedMap<String, String> versions = agent.spec().environmentVersions();
        if (!versions.isEmpty()) {
            // A digest: thousands of variables would not fit into an annotation.
            annotations.put(
                    ENVIRONMENT,
                    NamedUuid.of(agent.agentId().value(), Wire.writeText(versions))
                            .toString());
        }
        return annotations;
    }

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
