package io.agentstation.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.StoredHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EventsIT {

    private final Station station = Station.get();
    private final OtherServices others = new OtherServices(station);
    private final Http user = station.tenant();
    private final AgentId agent = StoredHistory.create(user);
    private final String path = "/api/agents/" + agent + "/events";

    @BeforeEach
    void live() {
        others.activate(agent);
    }

    private static List<String> types(Answer answer) {
        return answer.body().values().stream()
                .map(event -> event.path("event_type").asString())
                .toList();
    }

    @Test
    void theWholeLifeIsShownNewestFirstAsInTheDetails() {
        // When
        Answer events = user.get(path);

        // Then without the command that changed nothing
        assertThat(types(events)).containsExactly("ACTIVATED", "PROVISIONED", "CREATED");
        assertThat(events.body())
                .isEqualTo(user.get("/api/agents/" + agent).body().path("lifecycleEvents"));
    }

    @Test
    void pagesFollowEachOtherWhateverHappensInTheMeantime() {
        // Given
        Answer first = user.get(path + "?limit=1");

        // When
        others.silence(agent);
        List<String> seen = new ArrayList<>(types(first));
        Optional<String> page = StoredHistory.next(first);
        while (page.isPresent()) {
            Answer answer = user.get(page.get());
            seen.addAll(types(answer));
            page = StoredHistory.next(answer);
        }

        // Then
        assertThat(seen).containsExactly("ACTIVATED", "PROVISIONED", "CREATED");
        assertThat(types(user.get(path))).containsExactly("UNHEALTHY", "ACTIVATED", "PROVISIONED", "CREATED");
    }

    @Test
    void fromAndToChoose() {
        // Given
        Instant activated =
                Instant.parse(user.get(path).body().at("/0/timestamp").asString());
        others.drainForDelete(agent);
        others.end(agent, EventType.TERMINATED);

        // Then
        assertThat(types(user.get(path + "?to=" + activated.plusMillis(1))))
                .first()
                .isEqualTo("ACTIVATED");
        assertThat(types(user.get(path + "?to=" + activated))).doesNotContain("ACTIVATED", "TERMINATED");
        assertThat(types(user.get(path + "?from=" + activated)))
                .contains("TERMINATED", "DRAINING", "ACTIVATED")
                .first()
                .isEqualTo("TERMINATED");
        assertThat(types(user.get(path + "?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z")))
                .isEmpty();
    }
}
