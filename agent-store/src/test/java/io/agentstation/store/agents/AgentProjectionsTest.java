package io.agentstation.store.agents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgentProjectionsTest {

    @Test
    void everyStatementHasItsSourcesClock() {
        assertThat(AgentProjections.STATEMENTS)
                .hasSize(7)
                .allSatisfy(cql -> assertThat(cql).contains("USING TIMESTAMP :clock"));
    }
}
