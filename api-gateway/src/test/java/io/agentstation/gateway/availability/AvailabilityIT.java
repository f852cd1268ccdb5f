package io.agentstation.gateway.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.liveness.AvailabilityHour;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.StoredHistory;
import io.agentstation.store.rollups.Availability;
import io.agentstation.store.rollups.LogPlace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AvailabilityIT {

    private final Station station = Station.get();
    private final Http user = station.tenant();
    private final Availability table = new Availability(station.store(), Clock.systemUTC());
    private final AgentId agent = StoredHistory.create(user);
    private final String path = "/api/agents/" + agent + "/availability";
    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);

    private void write(Instant start, long expected, long heard, long watchedMs, long stalledMs) {
        var unused = table.write(
                        agent,
                        new AvailabilityHour(start, expected, heard, watchedMs, stalledMs),
                        new LogPlace(start.plusSeconds(1), 1))
                .toCompletableFuture()
                .join();
    }

    @Test
    void theLastDayIsShownByTheHourAndAsAWhole() {
        // Given the hour that lasts, one with misses and a stall, one without anything to expect, and one too old
        write(hour, 30, 30, 900_000, 0);
        write(hour.minus(Duration.ofHours(1)), 100, 97, 3_600_000, 600_500);
        write(hour.minus(Duration.ofHours(5)), 0, 0, 3_600_000, 3_600_000);
        write(hour.minus(Duration.ofHours(25)), 10, 0, 3_600_000, 0);

        // When
        Answer answer = user.get(path);

        // Then
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().path("window").asString()).isEqualTo("hour");
        assertThat(answer.body().path("from").asString())
                .isEqualTo(hour.minus(Duration.ofDays(1)).toString());
        assertThat(answer.body().path("availability").asDouble()).isEqualTo(127.0 / 130);
        assertThat(answer.body().path("expected").asLong()).isEqualTo(130);
        assertThat(answer.body().path("heard").asLong()).isEqualTo(127);
        assertThat(answer.body().path("watched_seconds").toString()).isEqualTo("8100");
        assertThat(answer.body().path("stalled_seconds").toString()).isEqualTo("4200.5");
        assertThat(answer.body().path("windows").toString())
                .isEqualTo(("[{'timestamp':'" + hour.minus(Duration.ofHours(5)) + "','availability':null,'expected':0,"
                                + "'heard':0,'watched_seconds':3600,'stalled_seconds':3600},{'timestamp':'"
                                + hour.minus(Duration.ofHours(1)) + "','availability':0.97,'expected':100,'heard':97,"
                                + "'watched_seconds':3600,'stalled_seconds':600.5},{'timestamp':'" + hour
                                + "','availability':1.0,'expected':30,'heard':30,'watched_seconds':900,"
                                + "'stalled_seconds':0}]")
                        .replace('\'', '"'));
    }

    @Test
    void hoursAreSummedToDaysInUtc() {
        // Given hours on both sides of midnight
        Instant midnight = hour.truncatedTo(ChronoUnit.DAYS);
        write(midnight.minus(Duration.ofHours(24)), 10, 10, 3_600_000, 0);
        write(midnight.minus(Duration.ofHours(1)), 10, 5, 3_600_000, 0);
        write(midnight, 10, 1, 3_600_000, 0);

        // When a time that begins and ends within a day
        Answer answer = user.get(
                path + "?window=day&from=" + midnight.minus(Duration.ofHours(2)) + "&to=" + midnight.plusSeconds(1));

        // Then the first day is whole
        assertThat(answer.body().path("from").asString())
                .isEqualTo(midnight.minus(Duration.ofDays(1)).toString());
        assertThat(answer.body().path("windows").size()).isEqualTo(2);
        assertThat(answer.body().at("/windows/0/timestamp").asString())
                .isEqualTo(midnight.minus(Duration.ofDays(1)).toString());
        assertThat(answer.body().at("/windows/0/availability").asDouble()).isEqualTo(0.75);
        assertThat(answer.body().at("/windows/1/availability").asDouble()).isEqualTo(0.1);
        assertThat(answer.body().path("heard").asLong()).isEqualTo(16);
    }

    @Test
    void anAgentThatWasNeverWatchedHasNone() {
        // When
        Answer answer = user.get(path + "?window=day");

        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("availability").isNull()).isTrue();
        assertThat(answer.body().path("windows").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "window=week|window|window must be one of: hour, day",
                "window=HOUR|window|window must be one of: hour, day",
                "window=|window|window must be one of: hour, day",
                "window=day&window=day|window|window must be given once",
                "from=x|from|from must be a time by RFC 3339, such as 2026-01-31T08:00:00Z",
                "to=1|to|to must be a time by RFC 3339, such as 2026-01-31T08:00:00Z",
                "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z|from|from must not be after to",
                "from=2026-01-01T00:00:00Z&to=2026-03-25T08:00:01Z|window"
                        + "|window hour gives more than 2000 between from and to",
                "window=day&from=0000-01-01T00:00:00Z|window|window day gives more than 2000 between from and to"
            })
    void aParameterThatIsWrongIsNamed(String query, String field, String error) {
        // When
        Answer answer = user.get(path + "?" + query);

        // Then
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.fields()).containsExactly(field);
    }

    @Test
    void anotherWorkspacesAgentIsNotFound() {
        assertThat(station.tenant().get(path).status()).isEqualTo(404);
        assertThat(station.tenant().get(path + "?window=x").status()).isEqualTo(400);
        assertThat(user.get("/api/agents/" + UUID.randomUUID() + "/availability")
                        .status())
                .isEqualTo(404);
        assertThat(user.get("/api/agents/no-uuid/availability").status()).isEqualTo(404);
        assertThat(station.http().get(path).status()).isEqualTo(401);
        assertThat(user.as(AgentToken.of(Station.key(), agent)).get(path).status())
                .isEqualTo(403);
        assertThat(user.post(path, "{}").status()).isEqualTo(405);
    }
}
