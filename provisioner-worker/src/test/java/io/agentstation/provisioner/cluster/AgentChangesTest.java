package io.agentstation.provisioner.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.objects.Labels;
import io.agentstation.provisioner.testing.Samples;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentChangesTest {

    private static final Pod OBJECT = new PodBuilder()
            .withNewMetadata()
            .withLabels(Map.of(Labels.AGENT, Samples.AGENT.toString(), Labels.PARTITION, "5"))
            .endMetadata()
            .build();

    private final List<String> heard = new ArrayList<>();

    private final ClusterView.Listener listener = new ClusterView.Listener() {
        @Override
        public void changed(AgentId agent, int partition) {
            heard.add("changed " + partition);
        }

        @Override
        public void podGone(AgentId agent, int partition) {
            heard.add("podGone " + partition);
        }

        @Override
        public void deploymentGone(AgentId agent, int partition) {
            heard.add("deploymentGone " + partition);
        }

        @Override
        public void drifted(AgentId agent, int partition) {
            heard.add("drifted " + partition);
        }
    };

    @Test
    void whatGoesIsToldByItsKind() {
        goes(AgentChanges.Kind.DEPLOYMENT);
        goes(AgentChanges.Kind.POD);
        goes(AgentChanges.Kind.OWNED);
        goes(AgentChanges.Kind.SHOWN);

        assertThat(heard)
                .containsExactly("changed 5", "deploymentGone 5", "changed 5", "podGone 5", "drifted 5", "changed 5");
    }

    private void goes(AgentChanges.Kind kind) {
        new AgentChanges<Pod>(listener, kind).onDelete(OBJECT, false);
    }
}
