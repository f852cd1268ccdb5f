package io.agentstation.provisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.observations.Observation.Applied;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.provisioner.testing.TestStation;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What somebody changes or deletes by hand is put right within 30 s, without a command and long before the next walk. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftIT {

    private static final Duration REPAIRED_WITHIN = Duration.ofSeconds(30);
    private static final PatchContext BY_HAND = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager("kubectl-edit")
            .build();

    private TestStation station;
    private KubernetesClient client;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        station = new TestStation(directory);
        station.startWorker(Map.of("station.provisioner.walk-interval", "1h"));
        client = station.kubernetes;
    }

    @AfterAll
    void stop() {
        station.close();
    }

    @Test
    void anEditedDeploymentIsPutRight() {
        provision("edited");

        client.apps()
                .deployments()
                .inNamespace("agents")
                .withName("edited")
                .patch(
                        BY_HAND,
                        "{\"spec\":{\"revisionHistoryLimit\":9,\"template\":{\"spec\":{\"enableServiceLinks\":true}}}}");

        await().atMost(REPAIRED_WITHIN).untilAsserted(() -> {
            Deployment deployment = deployment("edited");
            assertThat(deployment.getSpec().getRevisionHistoryLimit()).isEqualTo(2);
            assertThat(deployment.getSpec().getTemplate().getSpec().getEnableServiceLinks())
                    .isFalse();
        });
    }

    @Test
    void anEditedServiceAndAnEditedIngressArePutRight() {
        provision("rerouted");
        client.services()
                .inNamespace("agents")
                .withName("rerouted")
                .patch(BY_HAND, "{\"spec\":{\"selector\":{\"agentstation.io/agent\":\"nobody\"}}}");
        client.network()
                .v1()
                .ingresses()
                .inNamespace("agents")
                .withName("rerouted")
                .patch(BY_HAND, "{\"spec\":{\"rules\":[{\"host\":\"stolen.example\"}]}}");

        await().atMost(REPAIRED_WITHIN).untilAsserted(() -> {
            Service service = Objects.requireNonNull(
                    client.services().inNamespace("agents").withName("rerouted").get());
            assertThat(service.getSpec().getSelector().get("agentstation.io/agent"))
                    .isNotEqualTo("nobody");
            Ingress ingress = Objects.requireNonNull(client.network()
                    .v1()
                    .ingresses()
                    .inNamespace("agents")
                    .withName("rerouted")
                    .get());
            assertThat(ingress.getSpec().getRules().get(0).getHost()).isEqualTo("rerouted.is.plugged.in");
        });
    }

    @Test
    void whatIsDeletedComesBack() {
        provision("robbed");
        client.services().inNamespace("agents").withName("robbed").delete();
        client.network()
                .v1()
                .ingresses()
                .inNamespace("agents")
                .withName("robbed")
                .delete();
        client.network()
                .v1()
                .networkPolicies()
                .inNamespace("agents")
                .withName("robbed-agent")
                .delete();
        client.serviceAccounts().inNamespace("agents").withName("robbed-agent").delete();
        client.secrets().inNamespace("agents").withName("robbed-agent").delete();
        client.apps().deployments().inNamespace("agents").withName("robbed").delete();

        await().atMost(REPAIRED_WITHIN).untilAsserted(() -> {
            assertThat(client.services()
                            .inNamespace("agents")
                            .withName("robbed")
                            .get())
                    .isNotNull();
            assertThat(client.network()
                            .v1()
                            .ingresses()
                            .inNamespace("agents")
                            .withName("robbed")
                            .get())
                    .isNotNull();
            assertThat(client.network()
                            .v1()
                            .networkPolicies()
                            .inNamespace("agents")
                            .withName("robbed-agent")
                            .get())
                    .isNotNull();
            assertThat(client.serviceAccounts()
                            .inNamespace("agents")
                            .withName("robbed-agent")
                            .get())
                    .isNotNull();
            assertThat(client.secrets()
                            .inNamespace("agents")
                            .withName("robbed-agent")
                            .get())
                    .isNotNull();
            assertThat(client.apps()
                            .deployments()
                            .inNamespace("agents")
                            .withName("robbed")
                            .get())
                    .isNotNull();
        });
    }

    @Test
    void whoeverScalesOwnsTheReplicasUntilTheStationIsAskedForAnotherNumber() {
        AgentCommand provision = provision("scaled");
        client.apps().deployments().inNamespace("agents").withName("scaled").scale(3);
        AgentCommand repaired = Samples.image(provision.agentId(), "simulate/silent:2");
        station.send(repaired);
        station.await(repaired, Applied.class);

        assertThat(deployment("scaled").getSpec().getReplicas())
                .as("left to the scaler")
                .isEqualTo(3);

        AgentCommand scale = Samples.scale(provision.agentId(), 2);
        station.send(scale);
        station.await(scale, Applied.class);
        assertThat(deployment("scaled").getSpec().getReplicas()).as("asked for").isEqualTo(2);
    }

    private Deployment deployment(String name) {
        return Objects.requireNonNull(
                client.apps().deployments().inNamespace("agents").withName(name).get());
    }

    private AgentCommand provision(String name) {
        AgentCommand provision = Samples.provision(Samples.fresh(), name);
        station.send(provision);
        station.await(provision, Applied.class);
        return provision;
    }
}
