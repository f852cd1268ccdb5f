package io.agentstation.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.ApiGateway;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.Station;
import io.agentstation.store.keys.Grant;
import io.agentstation.store.keys.Role;
import io.agentstation.store.keys.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A second gateway beside the shared one, with the limits as they come. */
class TwoGatewaysIT {

    private static final Station STATION = Station.get();
    private static ConfigurableApplicationContext second;

    @BeforeAll
    static void aSecondGatewayWithTheUsualLimits() {
        Map<String, Object> properties = Station.properties(STATION.bootstrapServers());
        properties.remove("station.gateway.clients.failed-logins");
        properties.put("station.gateway.replicas", 2);
        second = ApiGateway.start(properties);
    }

    @AfterAll
    static void close() {
        second.close();
    }

    private static Http atSecond(Http client) {
        return new Http(Station.port(second), client.credential());
    }

    @Test
    void aKeyThatIsRevokedAtOneGatewayOpensNothingAtTheOtherAfterFiveSeconds() {
        Http admin = STATION.http(Station.workspace(), "admin");
        Answer made = admin.post("/api/keys", "{\"name\":\"n\",\"tier\":\"unlimited\"}");
        Http elsewhere = atSecond(admin.as(made.body().path("key").asString()));
        assertThat(elsewhere.get("/api/fleet").status()).isEqualTo(200);

        assertThat(admin.delete("/api/keys/" + made.body().path("key_id").asString())
                        .status())
                .isEqualTo(200);

        await("the other gateway has read the key again")
                .atMost(Duration.ofSeconds(5))
                .until(() -> elsewhere.get("/api/fleet").status() == 401);
    }

    @Test
    void ofTenThousandWrongKeysFromOneAddressHardlyOneIsAnsweredAndAValidKeyWorksThroughout() {
        Http valid = atSecond(STATION.tenant());
        Http nobody = new Http(Station.port(second), null);

        List<Integer> statuses = IntStream.range(0, 10_000)
                .parallel()
                .mapToObj(i -> {
                    if (i % 100 == 0) {
                        assertThat(valid.get("/api/fleet").status()).isEqualTo(200);
                    }
                    return nobody.as("sta_wrong_" + i).get("/api/fleet").status();
                })
                .toList();

        assertThat(statuses).containsOnly(401, 429);
        assertThat(statuses.stream().filter(status -> status == 429).count()).isGreaterThanOrEqualTo(9_900);
        // A further one may have become due in between.
        Answer refused = Stream.generate(() -> nobody.as("sta_wrong").get("/api/fleet"))
                .limit(10)
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(refused.header("Retry-After").orElseThrow()).matches("[1-9][0-9]*");
        assertThat(refused.body().path("code").asString()).isEqualTo("too_many_failed_logins");
    }

    @Test
    void aKeyIsToldWhatIsLeftOfItsShareAndThenToWait() {
        Http free = atSecond(STATION.http(Grant.of(Station.workspace(), Role.VIEWER, Tier.FREE)));
        List<Integer> remaining = new ArrayList<>();
        Answer answer = free.get("/api/fleet");
        for (int i = 0; i < 100 && answer.status() == 200; i++) {
            // Half of 60, for there are two gateways.
            assertThat(answer.header("X-RateLimit-Limit")).contains("30");
            remaining.add(Integer.valueOf(answer.header("X-RateLimit-Remaining").orElseThrow()));
            answer = free.get("/api/fleet");
        }

        assertThat(remaining).isSortedAccordingTo((one, other) -> other - one).doesNotHaveDuplicates();
        assertThat(remaining.get(0)).isEqualTo(29);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body().path("code").asString()).isEqualTo("rate_limited");
        assertThat(answer.header("Retry-After").orElseThrow()).matches("[1-9][0-9]?");
        assertThat(answer.header("X-RateLimit-Reset").orElseThrow()).matches("[0-9]{10}");
        // What it may not at all it is told first, and without a further draw.
        assertThat(free.post("/api/agents", "{}").status()).isEqualTo(403);
    }

    @Test
    void anUnlimitedKeyHasNoSuchHeaders() {
        Answer answer = atSecond(STATION.tenant()).get("/api/fleet");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-RateLimit-Limit")).isEmpty();
    }

    @Test
    void aUsersHeartbeatsHaveTheirAgentsOwnLimit() {
        WorkspaceId workspace = Station.workspace();
        Http free = atSecond(STATION.http(Grant.of(workspace, Role.MEMBER, Tier.FREE)));
        String agent = STATION.http(workspace)
                .post("/api/agents", "{\"name\":\"" + Station.name() + "\"}")
                .body()
                .at("/agent/uuid")
                .asString();
        String body = "{\"mode\":\"EMERGENCY\",\"uptime_seconds\":1}";

        Answer beat = free.post("/api/agents/" + agent + "/heartbeat", body);

        assertThat(beat.status()).isEqualTo(200);
        assertThat(beat.header("X-RateLimit-Limit")).contains("120");
        assertThat(free.get("/api/fleet").header("X-RateLimit-Remaining")).contains("29");
    }
}
