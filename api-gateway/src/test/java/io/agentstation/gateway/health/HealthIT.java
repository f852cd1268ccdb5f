package io.agentstation.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.Station;
import org.junit.jupiter.api.Test;

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
                assertThat(user.get("/api/health").body().toString()).isEqualTo("""
                {"status":"ok","components":{"kafka":"up","cassandra":"up","ticks":"sent"}}"""));
    }

    @Test
    void aWrongKeyIsNotTakenForNone() {
        assertThat(station.http().as("sta_wrong").get("/api/health").status()).isEqualTo(401);
    }
}
