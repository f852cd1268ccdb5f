package io.agentstation.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.StoredHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /heartbeats} and {@code /metrics}, whose pages work the same. */
final class ReportHistoryPagesIT {

    private final Station station = Station.get();
    private final Http user = station.tenant();
    private final StoredHistory history = new StoredHistory(station);
    private final AgentId agent = StoredHistory.create(user);
    private final Instant midnight = Instant.now().truncatedTo(ChronoUnit.DAYS);

    @ParameterizedTest
    @ValueSource(strings = {"heartbeats", "metrics"})
    void pagesFollowEachOtherOverMidnightAndDaysWithoutReports(String kind) {
        // Given reports on both sides of midnight, then none for three days, then some
        List<String> newestFirst = new ArrayList<>();
        IntStream.range(0, 12).forEach(i -> newestFirst.add(write(kind, midnight.plusSeconds(5 - i), 900 - i)));
        IntStream.range(0, 5).forEach(i -> newestFirst.add(write(kind, midnight.minus(Duration.ofDays(4)), 100 - i)));

        // When
        List<String> seen = new ArrayList<>();
        int pages = 0;
        Optional<String> page = Optional.of(path(kind) + "?limit=5");
        while (page.isPresent()) {
            Answer answer = user.get(page.get());
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
            seen.addAll(StoredHistory.ids(answer));
            page = StoredHistory.next(answer);
            pages++;
        }

        // Then
        assertThat(seen).isEqualTo(newestFirst);
        assertThat(pages).isEqualTo(4);
        assertThat(StoredHistory.ids(user.get(path(kind)))).isEqualTo(newestFirst);
    }

    @ParameterizedTest
    @ValueSource(strings = {"heartbeats", "metrics"})
    void aPageIsTheSameWhateverComesInTheMeantime(String kind) {
        // Given
        IntStream.range(0, 10).forEach(i -> write(kind, midnight.minusSeconds(i), 100 - i));
        Answer first = user.get(path(kind) + "?limit=4");

        // When reports come, in the newest millisecond too
        IntStream.range(0, 10).forEach(i -> write(kind, midnight.plusMillis(i / 5), 200 + i));

        // Then
        assertThat(StoredHistory.ids(first)).containsExactly("100", "99", "98", "97");
        Answer second = user.get(StoredHistory.next(first).orElseThrow());
        assertThat(StoredHistory.ids(second)).containsExactly("96", "95", "94", "93");
        assertThat(StoredHistory.ids(user.get(StoredHistory.next(second).orElseThrow())))
                .containsExactly("92", "91");
    }

    @ParameterizedTest
    @ValueSource(strings = {"heartbeats", "metrics"})
    void fromAndToChooseAndTheLinkKeepsThem(String kind) {
        // Given one a minute
        Instant newest = midnight.plus(Duration.ofMinutes(3));
        IntStream.range(0, 10).forEach(i -> write(kind, newest.minus(Duration.ofMinutes(i)), 100 - i));
        String times = "from=" + newest.minus(Duration.ofMinutes(6)) + "&to=" + newest.minus(Duration.ofMinutes(2));

        // When
        Answer first = user.get(path(kind) + "?limit=3&" + times);
        Answer second = user.get(StoredHistory.next(first).orElseThrow());

        // Then from is in it and to is not
        assertThat(StoredHistory.ids(first)).containsExactly("97", "96", "95");
        assertThat(StoredHistory.ids(second)).containsExactly("94");
        assertThat(StoredHistory.next(second)).isEmpty();
        assertThat(StoredHistory.ids(user.get(path(kind) + "?limit=9&from=" + newest.plusMillis(1))))
                .isEmpty();
        assertThat(StoredHistory.ids(user.get(path(kind) + "?limit=9&from=" + newest.minusNanos(1))))
                .as("finer than a report's own time")
                .containsExactly("100");
        String elsewhere = newest.atOffset(ZoneOffset.ofHours(2)).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        assertThat(StoredHistory.ids(user.get(path(kind) + "?limit=9&from=" + elsewhere.replace("+", "%2B"))))
                .containsExactly("100");
    }

    @Test
    void theLinkKeepsAnOffsetFromUtc() {
        // Given
        write("heartbeats", midnight, 2);
        write("heartbeats", midnight.minusSeconds(1), 1);
        String elsewhere =
                midnight.minusSeconds(5).atOffset(ZoneOffset.ofHours(2)).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);

        // When
        Answer first = user.get(path("heartbeats") + "?limit=1&from=" + elsewhere.replace("+", "%2B"));
        Answer second = user.get(StoredHistory.next(first).orElseThrow());

        // Then
        assertThat(StoredHistory.ids(second)).containsExactly("1");
    }

    @Test
    void anItemIsWhatTheDetailsShow() {
        // Given
        write("heartbeats", midnight, 7);
        write("metrics", midnight, 8);

        // Then
        Answer details = user.get("/api/agents/" + agent);
        assertThat(user.get(path("heartbeats")).body()).isEqualTo(details.body().path("recentHeartbeats"));
        assertThat(user.get(path("metrics")).body()).isEqualTo(details.body().path("recentMetrics"));
        assertThat(details.body().path("recentMetrics").size()).isEqualTo(1);
    }

    @Test
    void anAgentWithoutReportsHasAnEmptyPage() {
        for (String kind : List.of("heartbeats", "metrics", "events")) {
            Answer answer = user.get(path(kind));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().toString()).isEqualTo("[]");
            assertThat(StoredHistory.next(answer)).isEmpty();
        }
    }

    private String path(String kind) {
        return "/api/agents/" + agent + "/" + kind;
    }

    private String write(String kind, Instant time, long offset) {
        if (kind.equals("heartbeats")) {
            history.heartbeat(agent, time, offset);
        } else {
            history.metrics(agent, time, offset);
        }
        return Long.toString(offset);
    }
}
