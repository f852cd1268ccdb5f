package io.agentstation.provisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.observations.Observation.Applied;
import io.agentstation.contracts.observations.Observation.Cause;
import io.agentstation.contracts.observations.Observation.Failed;
import io.agentstation.contracts.observations.Observation.NoChange;
import io.agentstation.contracts.observations.Observation.Rejected;
import io.agentstation.contracts.observations.Observation.Removed;
import io.agentstation.contracts.observations.Observation.StatusChanged;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.provisioner.testing.TestStation;
import io.agentstation.store.names.Names;
import io.agentstation.store.secrets.AgentSecrets;
import io.agentstation.store.secrets.SecretSeal;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProvisioningIT {

    private static final StationKey KEY = StationKey.parse(StationKey.format(new byte[StationKey.LENGTH]));
    private static final Duration SOON = Duration.ofSeconds(20);

    private TestStation station;
    private ConfigurableApplicationContext worker;
    private Names names;

    private final AgentId agent = Samples.fresh();

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        station = new TestStation(directory);
        worker = station.startWorker(Map.of("station.provisioner.retry.first", "200ms"));
        names = new Names(station.store);
    }

    @AfterAll
    void stop() {
        station.close();
    }

    @Test
    void aProvisionedAgentHasAllItsObjectsUnderOneAnchor() {
        AgentCommand provision = Samples.provision(agent, silent("complete"));
        station.send(provision);

        Applied applied = station.await(provision, Applied.class);

        assertThat(applied.generation()).isEqualTo(1);
        assertThat(applied.spec()).isEqualTo(silent("complete"));
        List<HasMetadata> objects = station.objectsOf(agent);
        assertThat(objects.stream().map(HasMetadata::getKind).collect(Collectors.toSet()))
                .contains("ConfigMap", "Secret", "Service", "Ingress", "Deployment");
        String anchor = objects.stream()
                .filter(ConfigMap.class::isInstance)
                .map(object -> object.getMetadata().getUid())
                .collect(Collectors.joining());
        assertThat(objects)
                .filteredOn(object ->
                        List.of("Secret", "Service", "Ingress", "Deployment").contains(object.getKind()))
                .allSatisfy(object -> assertThat(object.getMetadata().getOwnerReferences())
                        .singleElement()
                        .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(anchor)));
        assertThat(names.owner("complete")).contains(agent);
    }

    @Test
    void theAgentsTokenAndVariablesAreInItsSecretOnly() {
        AgentSpec spec = Samples.withEnvironment(silent("secretive"), "API_KEY");
        AgentCommand provision = Samples.provision(Samples.fresh(), spec);
        new AgentSecrets(station.store, new SecretSeal(KEY))
                .write(provision.agentId(), Map.of("API_KEY", "very secret"));
        station.send(provision);
        station.await(provision, Applied.class);

        Secret secret = Objects.requireNonNull(station.kubernetes
                .secrets()
                .inNamespace("agents")
                .withName("secretive-agent")
                .get());

        assertThat(decoded(secret, "API_KEY")).isEqualTo("very secret");
        assertThat(decoded(secret, "STATION_AGENT_TOKEN")).isEqualTo(AgentToken.of(KEY, provision.agentId()));
        assertThat(deployment("secretive").toString()).doesNotContain("very secret");
        assertThat(station.observations().toString()).doesNotContain("very secret");
    }

    @Test
    void theStatusFollowsTheClusterUntilReady() {
        AgentCommand provision = Samples.provision(Samples.fresh(), silent("watched"));
        station.send(provision);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(lastStatus(provision.agentId())).satisfies(said -> {
                    assertThat(said.status()).isNotNull();
                    assertThat(Objects.requireNonNull(said.status()).ready()).isTrue();
                    assertThat(said.why()).isNull();
                    assertThat(said.desired()).isNull();
                }));
    }

    @Test
    void aDeletedAgentLeavesNothingAndItsNameIsFreeBeforeThatIsSaid() {
        AgentCommand provision = Samples.provision(Samples.fresh(), silent("short-lived"));
        station.send(provision);
        station.await(provision, Applied.class);
        // By the cluster's cert-manager, which leaves it behind.
        await().until(() -> station.kubernetes
                        .secrets()
                        .inNamespace("agents")
                        .withName("short-lived-tls")
                        .get()
                != null);
        AgentCommand deprovision = Samples.deprovision(provision.agentId());
        station.send(deprovision);

        Removed removed = station.await(deprovision, Removed.class);

        assertThat(names.owner("short-lived")).isEmpty();
        assertThat(station.objectsOf(provision.agentId())).isEmpty();
        assertThat(station.kubernetes
                        .secrets()
                        .inNamespace("agents")
                        .withName("short-lived-tls")
                        .get())
                .isNull();
        assertThat(station.kubernetes
                        .genericKubernetesResources("cert-manager.io/v1", "Certificate")
                        .inNamespace("agents")
                        .list()
                        .getItems())
                .noneMatch(certificate -> certificate.getMetadata().getName().equals("short-lived-tls"));
        assertThat(removed.cause()).isEqualTo(Cause.DELETED);
        List<StatusChanged> statuses = statuses(provision.agentId());
        assertThat(statuses).anyMatch(said -> "TERMINATED".equals(said.desired()));
        assertThat(statuses.get(statuses.size() - 1).status()).isNull();
    }

    @Test
    void aSecondDeleteGetsItsRemovedAndLaterCommandsAreRejected() {
        AgentCommand provision = Samples.provision(Samples.fresh(), silent("twice-deleted"));
        AgentCommand first = Samples.deprovision(provision.agentId());
        AgentCommand second = Samples.deprovision(provision.agentId());
        AgentCommand late = Samples.scale(provision.agentId(), 2);
        List.of(provision, first, second, late).forEach(station::send);

        assertThat(station.await(first, Removed.class).cause()).isEqualTo(Cause.DELETED);
        assertThat(station.await(second, Removed.class).cause()).isEqualTo(Cause.DELETED);
        assertThat(station.await(late, Rejected.class).reason()).isNotBlank();
    }

    @Test
    void aKilledAgentIsKilled() {
        AgentCommand provision = Samples.provision(Samples.fresh(), silent("doomed"));
        AgentCommand kill = Samples.kill(provision.agentId());
        station.send(provision);
        station.await(provision, Applied.class);
        station.send(kill);

        assertThat(station.await(kill, Removed.class).cause()).isEqualTo(Cause.KILLED);
        assertThat(station.objectsOf(provision.agentId())).isEmpty();
    }

    @Test
    void changesReachTheDeploymentAndRepeatedOnesAreNone() {
        AgentId changing = Samples.fresh();
        AgentCommand provision = Samples.provision(changing, silent("changing"));
        AgentCommand scale = Samples.scale(changing, 2);
        AgentCommand again = Samples.scale(changing, 2);
        AgentCommand restart = Samples.restart(changing);
        List.of(provision, scale, again, restart).forEach(station::send);

        assertThat(station.await(restart, Applied.class).generation()).isEqualTo(3);
        assertThat(station.await(again, NoChange.class)).isNotNull();
        Deployment deployment = deployment("changing");
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
        assertThat(deployment.getSpec().getTemplate().getMetadata().getAnnotations())
                .containsEntry("agentstation.io/restart-generation", "3");
    }

    @Test
    void aPolicyIsAppliedAndReplacesNoPod() {
        AgentCommand provision = Samples.provision(Samples.fresh(), silent("policed"));
        station.send(provision);
        station.await(provision, Applied.class);
        Deployment before = deployment("policed");
        UnhealthyPolicy restart = new UnhealthyPolicy(UnhealthyPolicy.Action.RESTART, 3);
        AgentCommand policy = Samples.policy(provision.agentId(), restart);
        station.send(policy);

        Applied applied = station.await(policy, Applied.class);

        assertThat(applied.spec().onUnhealthy()).isEqualTo(restart);
        assertThat(applied.generation()).isEqualTo(2);
        Deployment after = deployment("policed");
        assertThat(after.getSpec()).isEqualTo(before.getSpec());
        assertThat(after.getMetadata().getGeneration())
                .isEqualTo(before.getMetadata().getGeneration());
    }

    @Test
    void aNameThatAnotherAgentOwnsAppliesNothing() {
        AgentId owner = Samples.fresh();
        assertThat(names.confirm("taken", owner)).isTrue();
        AgentCommand provision = Samples.provision(Samples.fresh(), silent("taken"));
        station.send(provision);

        assertThat(station.await(provision, Removed.class).cause()).isEqualTo(Cause.NAME_TAKEN);
        assertThat(station.objectsOf(provision.agentId())).isEmpty();
        assertThat(names.owner("taken")).contains(owner);
    }

    @Test
    void somebodyElsesDeploymentIsNotTakenOver() {
        Deployment foreign =
                station.kubernetes.resource(foreignDeployment("in-the-way")).create();
        AgentCommand provision = Samples.provision(Samples.fresh(), silent("in-the-way"));
        station.send(provision);

        Failed failed = station.await(provision, Failed.class);

        assertThat(failed.reason()).contains("Deployment in-the-way", "does not belong");
        assertThat(failed.retrying()).isTrue();
        assertThat(deployment("in-the-way").getMetadata().getUid())
                .isEqualTo(foreign.getMetadata().getUid());
        assertThat(deployment("in-the-way").getMetadata().getOwnerReferences()).isEmpty();

        station.kubernetes.resource(foreign).delete();
        station.await(provision, Applied.class);
    }

    @Test
    void aDeploymentDeletedByHandComesBack() {
        AgentCommand provision = Samples.provision(Samples.fresh(), silent("repaired"));
        station.send(provision);
        station.await(provision, Applied.class);
        String before = deployment("repaired").getMetadata().getUid();

        station.kubernetes
                .apps()
                .deployments()
                .inNamespace("agents")
                .withName("repaired")
                .delete();

        await().atMost(SOON)
                .ignoreException(NullPointerException.class)
                .until(() -> !deployment("repaired").getMetadata().getUid().equals(before));
    }

    @Test
    void commandsAreReadCommittedAndAcknowledgedByTheListener() {
        MessageListenerContainer container = worker.getBean(KafkaListenerEndpointRegistry.class)
                .getListenerContainers()
                .iterator()
                .next();

        org.springframework.kafka.core.ConsumerFactory<?, ?> consumers =
                worker.getBean(org.springframework.kafka.core.ConsumerFactory.class);
        assertThat(consumers.getConfigurationProperties())
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("auto.offset.reset", "earliest")
                .containsEntry("session.timeout.ms", "6000");
        assertThat(container.getContainerProperties().getAckMode()).isEqualTo(ContainerProperties.AckMode.MANUAL);
        assertThat(container.getGroupId()).isEqualTo("provisioner-worker");
    }

    private static AgentSpec silent(String name) {
        AgentSpec plain = Samples.spec(name);
        return new AgentSpec(
                plain.workspace(),
                name,
                "one of the tests' agents",
                "simulate/silent",
                plain.resources(),
                1,
                plain.port(),
                plain.labels(),
                plain.environment(),
                plain.onUnhealthy(),
                null);
    }

    private Deployment deployment(String name) {
        return Objects.requireNonNull(station.kubernetes
                .apps()
                .deployments()
                .inNamespace("agents")
                .withName(name)
                .get());
    }

    private List<StatusChanged> statuses(AgentId of) {
        return station.observations().stream()
                .filter(StatusChanged.class::isInstance)
                .map(StatusChanged.class::cast)
                .filter(said -> said.agentId().equals(of))
                .toList();
    }

    private StatusChanged lastStatus(AgentId of) {
        List<StatusChanged> all = statuses(of);
        assertThat(all).isNotEmpty();
        return all.get(all.size() - 1);
    }

    private static Deployment foreignDeployment(String name) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("agents")
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withNewSelector()
                .withMatchLabels(Map.of("app", name))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", name))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("other")
                .withImage("example/other:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static String decoded(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
    }
}
