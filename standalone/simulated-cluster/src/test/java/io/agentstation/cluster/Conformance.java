package io.agentstation.cluster;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What all parts of the conformance suite need: a cluster for each test. */
abstract class Conformance {

    private ConformanceTarget target;

    /** The cluster, fresh for each test. */
    abstract ConformanceTarget open(Path directory);

    @BeforeEach
    void start(@TempDir Path directory) {
        target = open(directory);
    }

    @AfterEach
    void stop() {
        target.close();
    }

    ConformanceTarget target() {
        return target;
    }

    KubernetesClient client() {
        return target.client();
    }

    String namespace() {
        return target.namespace();
    }

    /** As patient as this cluster needs. */
    ConditionFactory await() {
        return Awaitility.await().atMost(target.patience());
    }

    Deployment deployment(String name) {
        Deployment deployment = Manifests.deployment(name, target.image());
        deployment.getMetadata().setNamespace(namespace());
        return deployment;
    }
}
