package io.agentstation.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.liveness.DetectorReport;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.ApiGateway;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

final class HealthIT {

    private final Station station = Station.get();

    @Test
    void anyoneMayAskAndIsToldOneWord() {
        // When
        Answer answer = station.http().get("/api/health");

        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().toString()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void aKeyShowsTheComponents() {
        // Given
        Http user = station.tenant();

        // Then
        await().untilAsserted(() ->
                assertThat(user.get("/api/health").body().toString()).matches("""
                \\{"status":"ok","components":\\{"kafka":"up","cassandra":"up","ticks":"sent",\
                "liveness":"(starting|proving)"}}"""));
    }

    @Test
    void aWrongKeyIsNotTakenForNone() {
        assertThat(station.http().as("sta_wrong").get("/api/health").status()).isEqualTo(401);
    }

    @Test
    void aBlindDetectorIsAnAlarmUntilItProvesAgainAndTakesNoGatewayOut() {
        // Given a gateway that soon asks for proofs, and a report of an earlier run
        Instant past = Instant.parse("2026-11-22T12:00:00Z");
        report(past);
        Map<String, Object> properties = Station.properties(station.bootstrapServers());
        properties.put("station.gateway.detector-blind-after", "2s");
        try (ConfigurableApplicationContext gateway = ApiGateway.start(properties)) {
            Http user = new Http(Station.port(gateway), station.tenant().credential());
            assertThat(word(user)).isEqualTo("starting");

            // When no detector runs
            await().until(() -> word(user).equals("blind"));

            // Then that is an alarm, and 200
            Answer blind = user.get("/api/health");
            assertThat(blind.status()).isEqualTo(200);
            assertThat(blind.body().path("status").asString()).isEqualTo("degraded");
            assertThat(blind.body().at("/alarms/0/alarm").asString()).isEqualTo("detector_blind");
            assertThat(blind.body().at("/alarms/0/partitions").toString()).isEqualTo("[0,1,2,3]");
            assertThat(Instant.parse(blind.body().at("/alarms/0/since").asString()))
                    .isBefore(Instant.now());
            assertThat(blind.body().at("/alarms/0/message").asString()).contains("see that liveness-detector runs");
            assertThat(user.as(null).get("/api/health").body().toString()).isEqualTo("{\"status\":\"degraded\"}");

            // And it ends with the first proof of every partition
            report(past.plusSeconds(1));
            await().until(() -> word(user).equals("proving"));
            assertThat(user.get("/api/health").body().has("alarms")).isFalse();
            assertThat(user.get("/api/health").body().path("status").asString()).isEqualTo("ok");
        }
    }

    private static String word(Http user) {
        return user.get("/api/health").body().at("/components/liveness").asString();
    }

    private void report(Instant at) {
        OtherServices others = new OtherServices(station);
        for (int partition = 0; partition < Station.PARTITIONS; partition++) {
            others.append(
                    Topic.DETECTOR,
                    DetectorReport.key(partition),
                    Wire.write(new DetectorReport(partition, at, null, 1, 0, 0)));
        }
    }
}
