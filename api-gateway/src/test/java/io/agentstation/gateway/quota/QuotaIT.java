package io.agentstation.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.clusters.ClusterReport;
import io.agentstation.contracts.clusters.QuotaLimit;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.clusters.Clusters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuotaIT {

    private static final List<QuotaLimit> ALMOST_FULL = List.of(
            new QuotaLimit("cpu", "40", "39500m"),
            new QuotaLimit("memory", "200Gi", "1Gi"),
            new QuotaLimit("pods", "100", "98"));

    private final Station station = Station.get();
    private final OtherServices others = new OtherServices(station);
    private final Http user = station.tenant();

    // The gateway is shared with other tests, which know of no quota.
    @AfterEach
    void unlimited() {
        report(List.of());
    }

    @Test
    void limitsAndUseAreShown() {
        report(ALMOST_FULL);

        Answer answer = user.get("/api/quota");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/namespace").asString()).isEqualTo("agents");
        assertThat(answer.body().at("/resources/0").toString())
                .isEqualTo("{\"resource\":\"cpu\",\"limit\":\"40\",\"used\":\"39500m\",\"available\":\"500m\"}");
        assertThat(answer.body().at("/resources/1/available").asString()).isEqualTo("203776Mi");
        assertThat(answer.body().at("/resources/2/available").asString()).isEqualTo("2");
        assertThat(user.as(null).get("/api/quota").status()).isEqualTo(401);
    }

    @Test
    void whatCannotBeToldIsSaidToBeUnknownAndRefusesNobody() {
        report(null);

        assertThat(user.get("/api/quota").body().at("/resources").isNull()).isTrue();
        assertThat(create("2").status()).isEqualTo(201);
    }

    @Test
    void aCreateOverTheQuotaIsRefusedWithLimitUsedAndAskedAndTakesNoName() {
        report(ALMOST_FULL);
        String name = Station.name();
        String body = "{\"name\":\"" + name + "\",\"replicas\":3,\"resources\":{\"cpu_request\":\"600m\"}}";
        String[] key = {"Idempotency-Key", UUID.randomUUID().toString()};

        Answer refused = user.post("/api/agents", body, key);
        Answer again = user.post("/api/agents", body, key);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().at("/code").asString()).isEqualTo("quota_exceeded");
        assertThat(refused.error())
                .isEqualTo("Resource quota exceeded: cpu: 1830m asked for, 39500m of 40 in use;"
                        + " pods: 3 asked for, 98 of 100 in use");
        assertThat(refused.body().at("/details/0").toString())
                .isEqualTo("{\"field\":\"cpu\",\"message\":\"cpu: 1830m asked for, 39500m of 40 in use\","
                        + "\"limit\":\"40\",\"used\":\"39500m\",\"asked\":\"1830m\"}");
        assertThat(again.status())
                .as("the key does not open what the quota refuses")
                .isEqualTo(403);
        // When there is room, the key that was refused makes its agent, and keeps meaning it when the room is gone.
        report(List.of());
        Answer made = user.post("/api/agents", body, key);
        report(ALMOST_FULL);
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        assertThat(user.post("/api/agents", body, key).body().at("/agent/uuid"))
                .isEqualTo(made.body().at("/agent/uuid"));
        // Negative control: what fits is taken.
        assertThat(create("490m").status()).isEqualTo(201);
    }

    /** Which a pod of the default image has, and one that beats by itself has not. */
    @Test
    void theStationAgentInThePodIsCounted() {
        report(ALMOST_FULL);

        Answer refused = create("491m");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().at("/details/0/asked").asString()).isEqualTo("501m");
        assertThat(user.post(
                                "/api/agents",
                                "{\"name\":\"" + Station.name() + "\",\"heartbeat\":\"agent\","
                                        + "\"resources\":{\"cpu_request\":\"500m\"}}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void onlyWhatIsMoreThanBeforeCounts() {
        report(List.of());
        AgentId agent = AgentId.of(create("400m").body().at("/agent/uuid").asString());
        others.activate(agent);
        report(ALMOST_FULL);
        String path = "/api/agents/" + agent;

        Answer tooMany = user.post(path + "/scale", "{\"replicas\":3}");
        Answer tooLarge = user.send("PATCH", path, "{\"resources\":{\"cpu_request\":\"950m\"}}", "Prefer", "wait=0");

        assertThat(tooMany.status()).isEqualTo(403);
        assertThat(tooMany.fields()).containsExactly("cpu");
        assertThat(tooLarge.status()).isEqualTo(403);
        assertThat(others.commands(agent)).hasSize(1);
        // 500m are left: 100m more fit, with or without a station-agent, and nothing stands against less.
        assertThat(user.send("PATCH", path, "{\"resources\":{\"cpu_request\":\"500m\"}}", "Prefer", "wait=0")
                        .status())
                .isEqualTo(202);
        assertThat(user.post(path + "/scale", "{\"replicas\":0}").status()).isEqualTo(202);
        assertThat(others.commands(agent)).hasSize(3);
    }

    private Answer create(String cpu) {
        return user.post(
                "/api/agents",
                "{\"name\":\"" + Station.name() + "\",\"resources\":{\"cpu_request\":\"" + cpu
                        + "\",\"cpu_limit\":\"4\"}}");
    }

    /** Plays a provisioner, and waits until the gateway has read what it says. */
    private void report(@Nullable List<QuotaLimit> quota) {
        ClusterReport report = new ClusterReport(
                ClusterReport.DEFAULT_CLUSTER,
                "agents",
                Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
                null,
                quota);
        others.append(Topic.CLUSTERS, report.cluster(), Wire.write(report));
        await().until(() -> station.bean(Clusters.class).current(), Optional.of(report)::equals);
    }
}
