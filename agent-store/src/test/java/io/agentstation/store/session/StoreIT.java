package io.agentstation.store.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoreIT {

    private final Store store = TestStore.get();

    @Test
    void aRunningCassandraIsReachable() {
        assertThat(store.isReachable(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void aStatementThatCassandraRefusesIsADefectAndNotAnOutage() {
        SimpleStatement broken = SimpleStatement.newInstance("SELECT * FROM no_such_table");

        assertThatThrownBy(() -> store.execute(broken)).isInstanceOf(InvalidQueryException.class);
        assertThat(store.executeAsync(broken))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(InvalidQueryException.class);
    }

    @Test
    void rowsAreIteratedAcrossPages() {
        UUID agent = TestIds.agent().value();
        IntStream.range(0, 7)
                .forEach(i -> store.execute(SimpleStatement.newInstance(
                        "INSERT INTO agent_desired (partition, agent_id, applied_offset) VALUES (?, ?, ?) IF NOT EXISTS",
                        2_000 + i / 7,
                        new UUID(agent.getMostSignificantBits(), i),
                        (long) i)));

        Iterable<Long> offsets = store.rows(
                SimpleStatement.newInstance("SELECT applied_offset FROM agent_desired WHERE partition = 2000")
                        .setPageSize(2),
                row -> row.getLong("applied_offset"));

        assertThat(offsets).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    }
}
