package io.agentstation.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsRollup;
import io.agentstation.contracts.metrics.MetricsRollup.Resolution;
import io.agentstation.contracts.metrics.Series;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.StoredHistory;
import io.agentstation.store.rollups.LogPlace;
import io.agentstation.store.rollups.MetricsRollups;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class MetricsSeriesIT {

    private final Station station = Station.get();
    private final Http user = station.tenant();
    private final MetricsRollups rollups = new MetricsRollups(station.store(), Clock.systemUTC());
    private final AgentId agent = StoredHistory.create(user);
    private final String path = "/api/agents/" + agent + "/metrics";
    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(2));

    private void write(Resolution resolution, Instant start, Map<String, Series> series) {
        var unused = rollups.write(
                        agent,
                        new MetricsRollup(resolution, start, new TreeMap<>(series)),
                        new LogPlace(start.plusSeconds(59), 1))
                .toCompletableFuture()
                .join();
    }

    private static List<String> times(Answer answer) {
        return answer.body().path("points").values().stream()
                .map(point -> point.path("timestamp").asString())
                .toList();
    }

    @Test
    void aStoredWindowIsShownAsItIs() {
        // Given
        write(
                Resolution.MINUTE,
                hour,
                Map.of(
                        "cpu_percent", new Series(1, 4, 5, 4, 2),
                        "memory_mb", new Series(128, 128, 256, 128, 2),
                        "custom.queue.depth", Series.of(0.25)));

        // When
        Answer answer = user.get(path + "?step=1m&from=" + hour + "&to=" + hour.plusSeconds(60));

        // Then
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().toString())
                .isEqualTo(("{'agent_uuid':'" + agent + "','from':'" + hour + "','to':'" + hour.plusSeconds(60)
                                + "','step':'1m','resolution':'1m','points':[{'timestamp':'" + hour
                                + "','cpu_percent':{'min':1,'avg':2.5,'max':4,'last':4,'count':2},"
                                + "'memory_mb':{'min':128,'avg':128,'max':128,'last':128,'count':2},"
                                + "'request_rate':null,'custom_metrics':{'queue.depth':"
                                + "{'min':0.25,'avg':0.25,'max':0.25,'last':0.25,'count':1}}}]}")
                        .replace('\'', '"'));
    }

    @Test
    void coarserStepsAreAddedUpWithoutError() {
        // Given ten minutes, of which one has no report; a metric that is not in every window
        double[] values = {3, 1, 2, 10, 5, 6, 7, 4, 9};
        IntStream.range(0, values.length).forEach(i -> {
            Map<String, Series> series = new TreeMap<>();
            series.put("cpu_percent", new Series(values[i], values[i] + 1, 3 * values[i] + 1, values[i], 3));
            if (i % 2 == 0) {
                series.put("custom.even", Series.of(i));
            }
            write(Resolution.MINUTE, hour.plus(Duration.ofMinutes(i < 4 ? i : i + 1)), series);
        });

        // When
        Answer answer = user.get(path + "?step=5m&from=" + hour.plusSeconds(61) + "&to=" + hour.plusSeconds(600));

        // Then from is rounded down, and the empty minute is missed by nobody
        assertThat(answer.body().path("from").asString()).isEqualTo(hour.toString());
        assertThat(answer.body().path("resolution").asString()).isEqualTo("1m");
        assertThat(times(answer))
                .containsExactly(hour.toString(), hour.plusSeconds(300).toString());
        assertThat(answer.body().at("/points/0/cpu_percent").toString())
                .isEqualTo("{\"min\":1,\"avg\":" + (16 * 3 + 4) / 12.0 + ",\"max\":11,\"last\":10,\"count\":12}");
        assertThat(answer.body().at("/points/0/custom_metrics/even/last").asInt())
                .isEqualTo(2);
        assertThat(answer.body().at("/points/1/cpu_percent/count").asInt()).isEqualTo(15);
        assertThat(answer.body().at("/points/1/custom_metrics/even").toString())
                .isEqualTo("{\"min\":4,\"avg\":6,\"max\":8,\"last\":8,\"count\":3}");
    }

    @Test
    void hoursMakeDays() {
        // Given an hour before and one after midnight
        Instant midnight = hour.truncatedTo(ChronoUnit.DAYS);
        write(Resolution.HOUR, midnight.minus(Duration.ofHours(1)), Map.of("cpu_percent", Series.of(1)));
        write(Resolution.HOUR, midnight.minus(Duration.ofHours(24)), Map.of("cpu_percent", Series.of(2)));
        write(Resolution.HOUR, midnight, Map.of("cpu_percent", Series.of(3)));

        // When
        String from = "&from=" + midnight.minus(Duration.ofHours(13)) + "&to=" + midnight.plus(Duration.ofHours(1));
        Answer days = user.get(path + "?step=1d" + from);
        Answer quarters = user.get(path + "?step=6h" + from);

        // Then
        assertThat(days.body().path("resolution").asString()).isEqualTo("1h");
        assertThat(times(days))
                .containsExactly(midnight.minus(Duration.ofDays(1)).toString(), midnight.toString());
        assertThat(days.body().at("/points/0/cpu_percent").toString())
                .isEqualTo("{\"min\":1,\"avg\":1.5,\"max\":2,\"last\":1,\"count\":2}");
        assertThat(times(quarters))
                .containsExactly(midnight.minus(Duration.ofHours(6)).toString(), midnight.toString());
    }

    @Test
    void theWindowThatLastsIsInItAndToIsNot() {
        // Given
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        write(Resolution.MINUTE, minute.minusSeconds(60), Map.of("cpu_percent", Series.of(1)));
        write(Resolution.MINUTE, minute, Map.of("cpu_percent", Series.of(2)));

        // Then
        assertThat(times(user.get(path + "?step=1m"))).contains(minute.toString());
        assertThat(times(user.get(path + "?from=" + minute.minusSeconds(60))))
                .containsExactly(minute.minusSeconds(60).toString(), minute.toString());
        assertThat(times(user.get(path + "?step=1m&to=" + minute)))
                .containsExactly(minute.minusSeconds(60).toString());
        assertThat(times(user.get(path + "?step=1m&to=" + minute.plusMillis(1))))
                .containsExactly(minute.minusSeconds(60).toString(), minute.toString());
        assertThat(times(user.get(path + "?step=1m&from=" + minute + "&to=" + minute)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PT1H, 1m",
        "PT33H20M, 1m",
        "PT33H21M, 5m",
        "P6D, 5m",
        "P7D, 15m",
        "P20D, 15m",
        "P21D, 1h",
        "P83D, 1h",
        "P84D, 6h",
        "P499D, 6h",
        "P501D, 1d",
        "P1999D, 1d"
    })
    void withoutAStepTheFinestThatFitsIsChosen(Duration length, String step) {
        // Given an end on every step
        Instant to = Instant.now().truncatedTo(ChronoUnit.DAYS);

        // When
        Answer answer = user.get(path + "?from=" + to.minus(length) + "&to=" + to);

        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("step").asString()).isEqualTo(step);
    }

    @Test
    void whatIsOlderThanMinutesAreKeptIsMadeOfHours() {
        // Given
        Instant longAgo = hour.minus(Duration.ofDays(31));

        // Then
        Answer answer = user.get(path + "?from=" + longAgo + "&to=" + longAgo.plusSeconds(7_200));
        assertThat(answer.body().path("step").asString()).isEqualTo("1h");
    }

    @Test
    void theParametersDecideBetweenPointsAndReports() {
        // Given
        new StoredHistory(station).metrics(agent, hour.plusSeconds(1), 7);
        String times = "from=" + hour + "&to=" + hour.plusSeconds(3_600);

        // Then
        for (String query : List.of(
                "",
                "?limit=5",
                "?cursor=" + hour.plusSeconds(9).toEpochMilli() + "-1",
                "?step=raw",
                "?step=raw&" + times,
                "?step=raw&limit=1&" + times,
                "?limit=5&" + times)) {
            JsonNode body = user.get(path + query).body();
            assertThat(body.at("/0/id").asString("")).as(query).isEqualTo("7");
        }
        for (String query : List.of("?step=1m", "?" + times, "?from=" + hour, "?to=" + hour, "?step=1d&" + times)) {
            assertThat(user.get(path + query).body().path("points").isArray())
                    .as(query)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "step=2m|step|step must be one of: raw, 1m, 5m, 15m, 1h, 6h, 1d",
                "step=|step|step must be one of: raw, 1m, 5m, 15m, 1h, 6h, 1d",
                "step=RAW|step|step must be one of: raw, 1m, 5m, 15m, 1h, 6h, 1d",
                "step=1m&step=1m|step|step must be given once",
                "step=raw&step=raw|step|step must be given once",
                "step=1m&limit=5|limit|limit goes with reports only: leave it or step out, or step=raw",
                "step=1m&cursor=1-1|cursor|cursor goes with reports only: leave it or step out, or step=raw",
                "from=x|from|from must be a time by RFC 3339, such as 2026-01-31T08:00:00Z",
                "step=1h&to=x|to|to must be a time by RFC 3339, such as 2026-01-31T08:00:00Z",
                "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z|from|from must not be after to",
                "step=1d&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z|from|from must not be after to",
                "from=2999-01-01T00:00:00Z|from|from must not be after to",
                "step=1m&from=2026-01-01T00:00:00Z&to=2026-01-02T09:20:01Z|step"
                        + "|step 1m gives more than 2000 points between from and to",
                "step=1d&from=0000-01-01T00:00:00Z|step|step 1d gives more than 2000 points between from and to",
                "from=0000-01-01T00:00:00Z|from|from and to are further apart than 2000 points of a day",
                "step=raw&limit=0|limit|limit must be an integer from 1 to 1000"
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
    void twoThousandPointsAreAllowed() {
        assertThat(user.get(path + "?step=1m&from=2026-01-01T00:00:00Z&to=2026-01-02T09:20:00Z")
                        .status())
                .isEqualTo(200);
        assertThat(user.get(path + "?step=1d&from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z")
                        .status())
                .isEqualTo(200);
        assertThat(user.get(path + "?step=1d&to=0000-01-01T00:00:00Z").status()).isEqualTo(200);
    }
}
