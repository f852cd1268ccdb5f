package io.agentstation.liveness.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.liveness.silence.LastHeartbeat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WatchTableTest {

    private static final long T = 1_800_000_000_000L;

    private final WatchTable table = new WatchTable();

    @Test
    void aRowHoldsWhatWasSaidOfItsAgent() {
        int row = table.add(agent(1, 2));
        table.heard(row, HeartbeatMode.SLEEP, T);
        table.status(row, WatchTable.STEADY, T + 5);

        assertThat(table.find(1, 2)).isEqualTo(row);
        assertThat(table.agent(row)).isEqualTo(agent(1, 2));
        assertThat(table.last(row)).isEqualTo(new LastHeartbeat(HeartbeatMode.SLEEP, T));
        assertThat(table.isSteady(row)).isTrue();
        assertThat(table.isTerminal(row)).isFalse();
        assertThat(table.isUnknown(row)).isFalse();
        assertThat(table.otherDueMs(row)).isEqualTo(T + 5);
    }

    @Test
    void aHeartbeatChangesNothingElseAndFlagsLeaveTheHeartbeatAlone() {
        int row = table.add(agent(1, 2));
        table.status(row, WatchTable.TERMINAL | WatchTable.UNKNOWN, T);
        table.heard(row, HeartbeatMode.EMERGENCY, T + 1);
        table.status(row, WatchTable.UNKNOWN, T);
        table.heard(row, HeartbeatMode.IDLE, T + 2);

        assertThat(table.flags(row)).isEqualTo(WatchTable.UNKNOWN);
        assertThat(table.last(row)).isEqualTo(new LastHeartbeat(HeartbeatMode.IDLE, T + 2));
        table.unheard(row);
        assertThat(table.last(row)).isNull();
        assertThat(table.flags(row)).isEqualTo(WatchTable.UNKNOWN);
    }

    // Anybody may write this key to the topics.
    @Test
    void theUuidOfZerosIsAnAgentLikeAnyOther() {
        int row = table.add(agent(0, 0));

        assertThat(table.isUsed(row)).isTrue();
        assertThat(table.find(0, 0)).isEqualTo(row);
        table.remove(row);
        assertThat(table.isUsed(row)).isFalse();
        assertThat(table.find(0, 0)).isEqualTo(WatchTable.NONE);
    }

    @Test
    void agreesWithAMapWhateverComesAndGoes() {
        long seed = 20_261_126;
        SplittableRandom random = new SplittableRandom(seed);
        Map<AgentId, Integer> rows = new HashMap<>();
        for (int step = 0; step < 50_000; step++) {
            // Few different bits, so that many agents collide.
            AgentId agent = agent(random.nextLong(4), random.nextLong(500));
            Integer row = rows.remove(agent);
            if (row == null) {
                rows.put(agent, table.add(agent));
            } else {
                table.remove(row);
            }
            AgentId other = agent(random.nextLong(4), random.nextLong(500));
            assertThat(find(other)).as("step %d", step).isEqualTo(rows.getOrDefault(other, WatchTable.NONE));
        }
        assertThat(table.size()).isEqualTo(rows.size());
        assertThat(table.rows()).isLessThanOrEqualTo(2_000);
        List.copyOf(rows.keySet()).forEach(agent -> assertThat(find(agent)).isEqualTo(rows.get(agent)));
    }

    private int find(AgentId agent) {
        return table.find(agent.value().getMostSignificantBits(), agent.value().getLeastSignificantBits());
    }

    private static AgentId agent(long high, long low) {
        return new AgentId(new UUID(high, low));
    }
}
