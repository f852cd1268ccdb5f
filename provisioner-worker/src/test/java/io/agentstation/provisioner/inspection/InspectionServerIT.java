package io.agentstation.provisioner.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.inspection.InspectionPaths;
import io.agentstation.contracts.inspection.InspectionProof;
import io.agentstation.provisioner.cluster.AgentEvents;
import io.agentstation.provisioner.cluster.ClusterView;
import io.agentstation.provisioner.cluster.ContainerLogs;
import io.agentstation.provisioner.testing.Samples;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets an answer; what the answers are is seen on a whole station. */
class InspectionServerIT {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:45Z");
    private static final StationKey KEY = key(1);
    private static final String TARGET = InspectionPaths.kubernetes(Samples.AGENT);

    private final HttpClient http = HttpClient.newHttpClient();
    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final PendingPod view = new PendingPod();
    private final InspectionServer server = InspectionServer.start(
            new InspectionSettings("127.0.0.1", 0, null, 1, Duration.ofHours(1)),
            KEY,
            InstantSource.fixed(NOW),
            new AgentInspection(
                    view, new AgentEvents(client, "agents"), new ContainerLogs(client, "agents"), Duration.ofHours(1)));

    @AfterEach
    void end() {
        server.close();
        client.close();
    }

    @Test
    void onlyAPartOfTheStationGetsAnAnswer() throws Exception {
        assertThat(ask(TARGET, null).statusCode()).isEqualTo(401);
        assertThat(ask(TARGET, InspectionProof.of(key(2), TARGET, NOW)).statusCode())
                .isEqualTo(401);
        assertThat(ask(TARGET, InspectionProof.of(KEY, TARGET, NOW.minusSeconds(120)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(ask(TARGET + "?x=1", InspectionProof.of(KEY, TARGET, NOW)).statusCode())
                .isEqualTo(401);

        HttpResponse<String> answer = ask(TARGET);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"name\":\"pending\"", "\"phase\":\"Pending\"", "\"events\":[]");
    }

    @Test
    void whatIsNoQuestionIsRefused() throws Exception {
        assertThat(ask("/").statusCode()).isEqualTo(404);
        assertThat(ask("/agents/x/logs").statusCode()).isEqualTo(404);
        assertThat(ask(InspectionPaths.AGENTS + Samples.AGENT + "/secrets").statusCode())
                .isEqualTo(404);
        String logs = InspectionPaths.AGENTS + Samples.AGENT + InspectionPaths.LOGS;
        assertThat(ask(logs + "?lines=5001").statusCode()).isEqualTo(400);
        assertThat(ask(logs + "?lines=x").statusCode()).isEqualTo(400);
        assertThat(ask(logs + "?since=yesterday").statusCode()).isEqualTo(400);
        assertThat(ask(logs + "?lines=5").body()).isEqualTo("\"end\"\n");
    }

    @Test
    void beforeTheClusterWasLookedAtNothingIsTold() throws Exception {
        view.complete = false;

        HttpResponse<String> answer = ask(TARGET);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("has not been looked at yet");
    }

    @Test
    void oneQuestionTooManyIsRefusedAtOnceAndAFollowedLogEndsWithItsAgent() throws Exception {
        String target = InspectionPaths.logs(Samples.AGENT, 10, Optional.empty(), true);
        var followed = http.sendAsync(request(target, InspectionProof.of(KEY, target, NOW)), BodyHandlers.ofString());
        await().until(() -> ask(TARGET).statusCode() == 503);

        view.pods = List.of();

        assertThat(followed.join().body()).endsWith("\"end\"\n");
        await().until(() -> ask(TARGET).statusCode() == 200);
    }

    private HttpResponse<String> ask(String target) throws IOException, InterruptedException {
        return ask(target, InspectionProof.of(KEY, target, NOW));
    }

    private HttpResponse<String> ask(String target, @Nullable String proof) throws IOException, InterruptedException {
        return http.send(request(target, proof), BodyHandlers.ofString());
    }

    private HttpRequest request(String target, @Nullable String proof) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + target));
        return (proof == null ? request : request.header(InspectionProof.HEADER, proof)).build();
    }

    private static StationKey key(int seed) {
        byte[] secret = new byte[StationKey.LENGTH];
        secret[0] = (byte) seed;
        return StationKey.parse(StationKey.format(secret));
    }

    /** A cluster with one pod that has not started: nothing of it is asked of the API server. */
    private static final class PendingPod implements ClusterView {

        volatile boolean complete = true;
        volatile List<Pod> pods = List.of(new PodBuilder()
                .withNewMetadata()
                .withName("pending")
                .withUid("uid")
                .endMetadata()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build());

        @Override
        public boolean isComplete() {
            return complete;
        }

        @Override
        public Optional<Deployment> deployment(AgentId agent) {
            return Optional.empty();
        }

        @Override
        public List<Pod> pods(AgentId agent) {
            return pods;
        }

        @Override
        public List<GenericKubernetesResource> certificates(AgentId agent) {
            return List.of();
        }
    }
}
