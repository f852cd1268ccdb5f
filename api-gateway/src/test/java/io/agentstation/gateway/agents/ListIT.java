package io.agentstation.gateway.agents;

import static io.agentstation.gateway.agents.ReferenceExamplesIT.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ListIT {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private final Station station = Station.get();
    private final OtherServices others = new OtherServices(station);
    private final Http user = station.tenant();
    private final String prefix = Station.name();

    private Answer create(int number, String labels) {
        return user.post("/api/agents", "{\"name\":\"" + prefix + "-" + number + "\",\"labels\":{" + labels + "}}");
    }

    private static List<String> names(Answer answer) {
        return answer.body().values().stream()
                .map(agent -> agent.path("name").asString())
                .toList();
    }

    private static Optional<String> next(Answer answer) {
        return answer.header("Link").map(NEXT::matcher).filter(Matcher::matches).map(link -> link.group(1));
    }

    @Test
    void pagesFollowEachOtherNewestFirst() {
        // Given
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            newestFirst.add(0, create(i, "").body().at("/agent/name").asString());
        }

        // When
        List<String> seen = new ArrayList<>();
        Optional<String> page = Optional.of("/api/agents?limit=2&name=" + prefix);
        int pages = 0;
        while (page.isPresent()) {
            Answer answer = user.get(page.get());
            seen.addAll(names(answer));
            page = next(answer);
            pages++;
        }

        // Then
        assertThat(seen).isEqualTo(newestFirst);
        assertThat(pages).isEqualTo(3);
        assertThat(names(user.get("/api/agents"))).isEqualTo(newestFirst);
    }

    @Test
    void filtersChooseByStateHealthNameAndLabel() {
        // Given
        Answer first = create(1, "\"team\":\"blue\",\"tier\":\"1\"");
        assertThat(create(2, "\"team\":\"blue\"").status()).isEqualTo(201);
        others.activate(id(first));

        // Then
        assertThat(names(user.get("/api/agents?state=ACTIVE"))).containsExactly(prefix + "-1");
        assertThat(names(user.get("/api/agents?state=NEW"))).containsExactly(prefix + "-2");
        assertThat(names(user.get("/api/agents?health=healthy"))).containsExactly(prefix + "-1");
        assertThat(names(user.get("/api/agents?name=" + prefix + "-2"))).containsExactly(prefix + "-2");
        assertThat(names(user.get("/api/agents?label=team=blue"))).hasSize(2);
        assertThat(names(user.get("/api/agents?label=team%3Dblue&label=tier=1")))
                .containsExactly(prefix + "-1");
        assertThat(names(user.get("/api/agents?label=team=red"))).isEmpty();
    }

    @Test
    void anUnhealthyAgentIsFoundAndSaysSinceWhen() {
        // Given
        Answer silent = create(1, "");
        Answer healthy = create(2, "");
        others.activate(id(silent));
        others.activate(id(healthy));
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        // When
        others.silence(id(silent));

        // Then in the filtered list, in the list and in the details
        Answer found = user.get("/api/agents?health=unhealthy");
        assertThat(names(found)).containsExactly(prefix + "-1");
        assertThat(found.body().at("/0/health").asString()).isEqualTo("unhealthy");
        assertThat(Instant.parse(found.body().at("/0/unhealthy_since").asString()))
                .isBetween(before, Instant.now());
        assertThat(names(user.get("/api/agents?health=healthy"))).containsExactly(prefix + "-2");
        assertThat(names(user.get("/api/agents?health=unknown"))).isEmpty();
        assertThat(user.get("/api/agents/" + id(silent)).body().at("/agent/unhealthy_since"))
                .isEqualTo(found.body().at("/0/unhealthy_since"));
        assertThat(user.get("/api/agents/" + id(healthy))
                        .body()
                        .at("/agent/unhealthy_since")
                        .isNull())
                .isTrue();
    }
}
