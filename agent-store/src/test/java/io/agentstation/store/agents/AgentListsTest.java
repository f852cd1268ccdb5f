package io.agentstation.store.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.store.fixtures.TestIds;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentListsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T12:00:00Z, 202611",
        "2026-10-31T23:59:59.999Z, 202610",
        "2026-11-01T00:00:00Z, 202611",
        "2025-12-31T23:59:59.999Z, 202512",
        "2026-01-01T00:00:00Z, 202601",
        "1970-01-01T00:00:00Z, 197001"
    })
    void theMonthOfAnAgentIsThatOfItsUuid(Instant time, int month) {
        assertThat(AgentLists.monthOf(TestIds.agentOf(time).value())).isEqualTo(month);
    }
}
