package io.agentstation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.embedded.SharedCassandra;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import io.agentstation.telemetry.figures.PauseFigures;
import io.agentstation.telemetry.fixtures.Keyspaces;
import io.agentstation.telemetry.fixtures.Messages;
import io.agentstation.telemetry.fixtures.RunningTelemetry;
import io.agentstation.telemetry.fixtures.TestBroker;
import io.agentstation.telemetry.fixtures.TestTables;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** A topic that cannot be written holds no other up, and loses nothing. */
class StuckTopicIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void whileMetricsCannotBeWrittenHeartbeatsAndEventsAreAndThenMetricsToo() {
        StoreSettings store = Keyspaces.fresh(SharedCassandra.get());
        AgentId agent = Messages.agent();
        try (TestBroker broker = TestBroker.start();
                RunningTelemetry telemetry = RunningTelemetry.start(broker, store);
                CqlSession session = StoreSession.openBare(store);
                TestTables tables = new TestTables(store)) {
            PauseFigures pauses = telemetry.context().getBean(PauseFigures.class);
            String table = store.keyspace() + ".metrics";
            String create = String.valueOf(
                    session.execute("DESCRIBE TABLE " + table).one().getString("create_statement"));
            schema(session, "DROP TABLE " + table);
            broker.send(Topic.METRICS, agent, Collections.nCopies(100, new MetricsReport(1, 2, 3, null)));
            await().atMost(PATIENCE)
                    .until(() -> pauses.since(Topic.METRICS.topicName()).isPresent());

            broker.send(Topic.HEARTBEATS, agent, Collections.nCopies(100, new Heartbeat(HeartbeatMode.IDLE, 1)));
            broker.send(Topic.LIFECYCLE, agent, Messages.life(agent));

            await().atMost(PATIENCE)
                    .until(() -> broker.hasReadAll(telemetry.group() + "-heartbeats", Topic.HEARTBEATS)
                            && broker.hasReadAll(telemetry.group() + "-lifecycle", Topic.LIFECYCLE));
            assertThat(tables.count("heartbeats")).isEqualTo(100);
            assertThat(tables.count("lifecycle_events")).isEqualTo(6);
            assertThat(pauses.since(Topic.METRICS.topicName())).isPresent();
            assertThat(pauses.since(Topic.HEARTBEATS.topicName())).isEmpty();

            schema(session, create);
            await().atMost(PATIENCE).until(() -> broker.hasReadAll(telemetry.group() + "-metrics", Topic.METRICS));
            assertThat(tables.count("metrics")).isEqualTo(100);
            assertThat(broker.everythingOn(Topic.METRICS.deadLetterName())).isEmpty();
            await().atMost(PATIENCE)
                    .until(() -> pauses.since(Topic.METRICS.topicName()).isEmpty());
        }
    }

    private static void schema(CqlSession session, String statement) {
        session.execute(SimpleStatement.newInstance(statement).setExecutionProfileName(StoreSession.SCHEMA_PROFILE));
    }
}
