package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.embedded.process.Ports;
import io.agentstation.guarantees.kafka.Kafka;
import io.agentstation.guarantees.processes.ServiceProcess;
import io.agentstation.standalone.directory.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With two provisioners behind one gateway, the one that owns no agent answers for every agent as the other does. */
class AnyProvisionerAnswersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String GROUP = "provisioner-worker";
    private static final String SECOND = "second-provisioner";
    private static final int PARTITIONS = 8;

    // One consumer for each partition: for another member none is left.
    @RegisterExtension
    static final OneStation STATION = new OneStation("--set", "station.provisioner.concurrency=" + PARTITIONS);

    private final StationClient client = STATION.client();

    @Test
    void logsAndPodsComeFromWhicheverIsAskedAndFromTheOtherWhenOneDies() throws IOException {
        Map<String, String> endpoints = Endpoints.read(STATION.data());
        int port = Objects.requireNonNull(new Ports(STATION.directory().resolve("ports"))
                .choose(List.of(SECOND))
                .get(SECOND));
        String uuid = client.create("asked-about");
        client.awaitState(uuid, "ACTIVE", PATIENCE);

        try (CountingRelay relay = new CountingRelay(port);
                Kafka kafka = new Kafka(Objects.requireNonNull(endpoints.get(Endpoints.KAFKA)), PARTITIONS);
                ServiceProcess second = startSecond(endpoints, port, relay)) {
            Awaitility.await("the second's place in the group").atMost(PATIENCE).until(() -> {
                second.requireWorking();
                return kafka.partitionsOf(GROUP, SECOND).isPresent();
            });
            assertThat(kafka.partitionsOf(GROUP, SECOND))
                    .as("partitions of the second")
                    .contains(0);

            int[] asked = new int[1];
            Awaitility.await("questions to both").atMost(PATIENCE).until(() -> {
                ask(uuid);
                asked[0] += 2;
                int answered = relay.answered();
                return answered >= 2 && answered < asked[0];
            });

            second.kill();
            Awaitility.await("the other's report").atMost(PATIENCE).untilAsserted(() -> ask(uuid));
        }
        ask(uuid);
        client.delete("/api/agents/" + uuid);
    }

    private void ask(String uuid) {
        var pods = client.get("/api/agents/" + uuid + "/kubernetes");
        assertThat(pods.status()).as("%s", pods.body()).isEqualTo(200);
        assertThat(pods.body().at("/pods/0/ready").asBoolean()).isTrue();
        var logs = client.get("/api/agents/" + uuid + "/logs");
        assertThat(logs.status()).as("%s", logs.body()).isEqualTo(200);
        assertThat(logs.body().at("/logs").toString()).contains(uuid);
    }

    private static ServiceProcess startSecond(Map<String, String> endpoints, int port, CountingRelay relay)
            throws IOException {
        Path data = STATION.data();
        return ServiceProcess.start(
                SECOND,
                STATION.directory(),
                "io.agentstation.provisioner.ProvisionerWorker",
                List.of(
                        "--spring.kafka.bootstrap-servers=" + endpoints.get(Endpoints.KAFKA),
                        "--spring.kafka.client-id=" + SECOND,
                        "--station.id="
                                + Files.readString(data.resolve("station-id")).strip(),
                        "--station.key-file=" + data.resolve("station-key"),
                        "--station.store.contact-points=" + endpoints.get(Endpoints.CASSANDRA),
                        "--station.store.local-datacenter=datacenter1",
                        "--station.store.keyspace=agent_station",
                        "--station.provisioner.kubeconfig=" + endpoints.get(Endpoints.KUBECONFIG),
                        "--station.provisioner.public-url=" + endpoints.get(Endpoints.API),
                        "--station.provisioner.quota.managed=false",
                        "--station.provisioner.concurrency=1",
                        "--station.provisioner.inspection.port=" + port,
                        "--station.provisioner.inspection.url=" + relay.url()));
    }
}
