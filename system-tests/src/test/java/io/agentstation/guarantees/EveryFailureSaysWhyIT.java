package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever keeps an agent from being as desired shows as its {@code why} within 5 s, cause and next step in words. */
class EveryFailureSaysWhyIT {

    /** From the 201 on: the pod starts in 200 ms, the kubelet says within half a second what it cannot do. */
    private static final Duration SOON = Duration.ofSeconds(5);

    @RegisterExtension
    static final OneStation STATION = new OneStation("--set", "station.cluster.quota.pods=6");

    private final StationClient client = STATION.client();

    /** The pods of another test are out of the quota as the gateway sees it, which is a moment after their agent's end. */
    @BeforeEach
    void awaitRoom() {
        Awaitility.await("room for one more pod")
                .atMost(Duration.ofSeconds(20))
                .until(() -> client.get("/api/quota")
                        .body()
                        .path("resources")
                        .valueStream()
                        .anyMatch(resource -> resource.path("resource")
                                        .asString("")
                                        .equals("pods")
                                && !resource.path("available").asString("0").equals("0")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "simulate/image-pull-failure|image pull failed: simulate/image-pull-failure|check its name",
                "simulate/crash-loop|crash loop: container agent: exit code 1|log of its last run",
                "simulate/never-ready|not ready: container agent runs|readiness probe",
                "simulate/silent|s, no heartbeat yet|sidecar",
                "simulate/certificate-pending|certificate not ready|kubectl describe certificate"
            })
    void anImageThatFailsSaysWhyWithinFiveSeconds(String image, String cause, String nextStep) {
        String uuid = create(image);

        awaitWhy(uuid, cause, nextStep);

        client.delete("/api/agents/" + uuid);
    }

    /** Past the gateway, which refuses what it sees: as an autoscaler does. */
    @Test
    void podsBeyondTheQuotaSayWhyWithinFiveSeconds() {
        String name = name();
        String uuid = client.create(name, ",\"image\":\"simulate/silent\"");
        client.awaitState(uuid, "PROVISIONED", Duration.ofSeconds(20));

        SimulatedClusterView.of(STATION.data().resolve("kubeconfig")).scale(name, 10);

        awaitWhy(uuid, "quota exceeded", "raise the quota");
        client.delete("/api/agents/" + uuid);
    }

    @Test
    void anAgentThatEndsSlowlySaysWhatItWaitsFor() {
        String uuid = create("simulate/slow-stop");
        client.awaitState(uuid, "ACTIVE", Duration.ofSeconds(20));

        assertThat(client.delete("/api/agents/" + uuid).status()).isIn(200, 202);

        awaitWhy(uuid, "Waiting for the end of", "Pod");
    }

    @Test
    void anAgentThatIsAsDesiredSaysNothing() {
        String uuid = client.create("as-desired");
        client.awaitState(uuid, "ACTIVE", Duration.ofSeconds(20));

        Awaitility.await("no why left").atMost(Duration.ofSeconds(10)).until(() -> why(uuid), String::isEmpty);

        client.delete("/api/agents/" + uuid);
    }

    private String create(String image) {
        return client.create(name(), ",\"image\":\"" + image + "\"");
    }

    private static String name() {
        return "why-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private void awaitWhy(String uuid, String cause, String nextStep) {
        Awaitility.await(cause)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(why(uuid)).contains(cause, nextStep));
    }

    private String why(String uuid) {
        return client.get("/api/agents/" + uuid).body().at("/agent/why").asString("");
    }
}
