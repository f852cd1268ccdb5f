package io.agentstation.provisioner.objects;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.wire.Wire;
import java.util.SortedMap;
import java.util.TreeMap;

/** What users wrote: only in annotations, whose values may be any text. */
final class Annotations {

    static final String DESCRIPTION = "agentstation.io/description";
    static final String WORKSPACE = "agentstation.io/workspace";

    // One JSON object: a user's label need not be a legal annotation key.
    static final String USER_LABELS = "agentstation.io/labels";

    /** On the pod template: another value replaces the pods. */
    static final String RESTART = "agentstation.io/restart-generation";

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
