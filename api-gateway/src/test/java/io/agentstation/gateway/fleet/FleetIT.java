package io.agentstation.gateway.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FleetIT {

    private final Station station = Station.get();
    private final OtherServices others = new OtherServices(station);
    private final WorkspaceId workspace = Station.workspace();
    private final Http user = station.http(workspace);

    private void count(WorkspaceId of, int partition, long active, long terminated) {
        FleetCounts counts = new FleetCounts(
                of,
                partition,
                Map.of(AgentState.ACTIVE, active, AgentState.TERMINATED, terminated),
                Map.of(Health.HEALTHY, active));
        others.append(Topic.FLEET, FleetCounts.key(of, partition), Wire.write(counts));
    }

    @Test
    void theNewestCountsOfEveryPartitionAreSummed() {
        // Given
        assertThat(user.get("/api/fleet").body().path("total").asInt()).isZero();
        others.append(Topic.FLEET, FleetCounts.key(workspace, 0), new byte[] {'{'});
        count(workspace, 0, 9, 9);
        count(workspace, 0, 2, 1);
        count(workspace, 1, 3, 0);
        count(Station.workspace(), 1, 50, 50);

        // Then
        await().untilAsserted(() ->
                assertThat(user.get("/api/fleet").body().toString()).isEqualTo("""
                {"total":6,\
                "states":{"NEW":0,"PROVISIONED":0,"ACTIVE":5,"DRAINING":0,"TERMINATED":1,"KILLED":0},\
                "health":{"unknown":0,"healthy":5,"unhealthy":0}}"""));
    }
}
