package io.agentstation.standalone.preflight;

import io.agentstation.provisioner.cluster.ClusterSettings;
import io.agentstation.provisioner.preflight.ClusterNeeds;
import io.agentstation.provisioner.preflight.Finding;
import io.agentstation.provisioner.preflight.Preflight;
import io.agentstation.standalone.failures.StationFailure;
import io.agentstation.standalone.settings.UpSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The look at a real cluster, with the settings that its provisioner would have. */
public final class ClusterPreflight {

    private ClusterPreflight() {}

    /** What the cluster has and lacks. */
    public static List<Finding> run(UpSettings settings, Map<String, String> environment) {
        ClusterNeeds needs = new ClusterNeeds(
                settings.namespace(),
                settings.given(ClusterNeeds.PUBLIC_URL, environment).orElse(null),
                settings.given(ClusterNeeds.CLUSTER_ISSUER, environment).orElse(ClusterNeeds.DEFAULT_CLUSTER_ISSUER),
                settings.given(ClusterNeeds.INGRESS_CLASS, environment).orElse(""));
        return Preflight.run(new ClusterSettings(settings.kubeconfig(), settings.context()), needs);
    }

    /**
     * Lets a station start only on a cluster where its agents can run. Without a kubeconfig there is nothing to look at.
     *
     * @param console gets one line for each thing that agents will miss
     * @throws StationFailure when no agent could run: one sentence for each reason
     */
    public static void require(UpSettings settings, Map<String, String> environment, Consumer<String> console) {
        if (settings.kubeconfig() == null) {
            return;
        }
        List<Finding> findings = run(settings, environment);
        findings.stream()
                .filter(finding -> finding.isProblem() && !finding.isFatal())
                .forEach(finding -> console.accept("warning: " + finding.sentence()));
        List<String> fatal = findings.stream()
                .filter(Finding::isFatal)
                .map(Finding::sentence)
                .toList();
        if (!fatal.isEmpty()) {
            throw new StationFailure(String.join("\n", fatal));
        }
    }
}
