package io.agentstation.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.StoredHistory;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** I11 for the reads of an agent's history: what is wrong is named, and nothing gives a 5xx. */
final class HistoryInputIT {

    private static final List<String> KINDS = List.of("heartbeats", "metrics", "events");
    private static final String TIME = " must be a time by RFC 3339, such as 2026-01-31T08:00:00Z";

    private final Station station = Station.get();
    private final Http user = station.tenant();
    private final AgentId agent = StoredHistory.create(user);

    private static void assertRefused(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().path("error").isString()).isTrue();
        assertThat(answer.body().path("details").isArray()).isTrue();
        assertThat(answer.header("Content-Type")).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0|limit|limit must be an integer from 1 to 1000",
                "limit=-1|limit|limit must be an integer from 1 to 1000",
                "limit=1.5|limit|limit must be an integer from 1 to 1000",
                "limit=%2210%22|limit|limit must be an integer from 1 to 1000",
                "limit=abc|limit|limit must be an integer from 1 to 1000",
                "limit=1001|limit|limit must be an integer from 1 to 1000",
                "limit=10001|limit|limit must be an integer from 1 to 1000",
                "limit=99999999999999999999|limit|limit must be an integer from 1 to 1000",
                "limit=|limit|limit must be an integer from 1 to 1000",
                "limit=1&limit=2|limit|limit must be given once",
                "limit=5&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z|from|from must not be after to",
                "limit=5&from=yesterday|from|from" + TIME,
                "limit=5&to=2026-01-02|to|to" + TIME,
                "limit=5&to=2026-02-30T00:00:00Z|to|to" + TIME,
                "limit=5&to=2026-01-02T24:00:00Z|to|to" + TIME,
                "limit=5&to=2026-01-02T00:00:60Z|to|to" + TIME,
                "limit=5&to=2026-01-02T00:00:00|to|to" + TIME,
                "limit=5&to=2026-01-02T00:00:00.1234567890Z|to|to" + TIME,
                "limit=5&to=2026-01-02T00:00:00-18:01|to|to" + TIME,
                "limit=5&from=1767312000|from|from" + TIME,
                "limit=5&from=%2B12026-01-02T00:00:00Z|from|from" + TIME,
                "limit=5&from=|from|from" + TIME,
                "limit=5&from=2026-01-01T00:00:00Z&from=2026-01-01T00:00:00Z|from|from must be given once",
                "cursor=x|cursor|cursor must be one that a Link header gave",
                "cursor=|cursor|cursor must be one that a Link header gave",
                "cursor=1-2-3|cursor|cursor must be one that a Link header gave",
                "cursor=-1|cursor|cursor must be one that a Link header gave",
                "cursor=99999999999999999999-1|cursor|cursor must be one that a Link header gave"
            })
    void aParameterThatIsWrongIsNamed(String query, String field, String error) {
        for (String kind : KINDS) {
            // When
            Answer answer = user.get("/api/agents/" + agent + "/" + kind + "?" + query);

            // Then
            assertRefused(answer, 400);
            assertThat(answer.error()).as(kind).isEqualTo(error);
            assertThat(answer.fields()).containsExactly(field);
        }
    }

    @Test
    void everyParameterThatIsWrongIsNamedAtOnce() {
        // When
        Answer answer = user.get("/api/agents/" + agent + "/heartbeats?limit=0&cursor=x&from=a&to=b");

        // Then
        assertThat(answer.fields()).containsExactly("limit", "cursor", "from", "to");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=5&from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59.999999999-18:00",
        "limit=5&from=9999-12-31T23:59:59Z",
        "limit=5&to=0000-01-01T00:00:00%2B18:00",
        "limit=5&colour=red",
        "limit=1000"
    })
    void whatIsOnlyUnusualIsAnswered(String query) {
        for (String kind : KINDS) {
            assertThat(user.get("/api/agents/" + agent + "/" + kind + "?" + query)
                            .status())
                    .as(kind)
                    .isEqualTo(200);
        }
    }

    @Test
    void cursorsFromNowhereAreAnswered() {
        for (String kind : List.of("heartbeats", "metrics")) {
            for (String cursor : List.of("0-0", "999999999999999-999999999999999999")) {
                assertThat(user.get("/api/agents/" + agent + "/" + kind + "?cursor=" + cursor)
                                .status())
                        .isEqualTo(200);
            }
        }
        assertThat(user.get("/api/agents/" + agent + "/events?cursor=999999999999999999")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anotherWorkspacesAgentIsNotFound() {
        // Given
        Http stranger = station.tenant();
        String itself = AgentToken.of(Station.key(), agent);

        // Then
        for (String kind : List.of("heartbeats", "metrics", "events")) {
            String path = "/api/agents/" + agent + "/" + kind;
            assertRefused(stranger.get(path), 404);
            assertThat(stranger.get(path).error()).isEqualTo("Agent not found");
            assertRefused(user.get("/api/agents/" + UUID.randomUUID() + "/" + kind), 404);
            assertRefused(user.get("/api/agents/no-uuid/" + kind), 404);
            assertRefused(user.get("/api/agents/no-uuid/" + kind + "?limit=0"), 400);
            assertRefused(station.http().get(path), 401);
            assertRefused(user.as(itself).get(path), 403);
            assertRefused(user.send("PUT", path, null), 405);
            assertRefused(user.delete(path), 405);
        }
    }
}
