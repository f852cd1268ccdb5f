package io.agentstation.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.agentstation.embedded.cassandra.CassandraConfiguration;
import io.agentstation.embedded.cassandra.CassandraMain;
import io.agentstation.embedded.process.ChildProcess;
import io.agentstation.embedded.process.ChildSpec;
import io.agentstation.embedded.process.JvmSettings;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCassandraIT {

    @TempDir
    private Path directory;

    @Test
    void keepsAcknowledgedRowsWhenKilledAndWhenStopped() {
        try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(directory)) {
            try (CqlSession session = session(cassandra)) {
                createSchema(session);
                insert(session, 500);
            }
            Signals.kill9(cassandra.pid());
        }

        try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(directory);
                CqlSession session = session(cassandra)) {
            assertThat(count(session)).isEqualTo(500);
            insert(session, 600);
        }

        try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(directory);
                CqlSession session = session(cassandra)) {
            assertThat(count(session)).isEqualTo(600);
        }
    }

    /** A directory that was written with the earlier protocol, and left by a kill, is gone on with. */
    @Test
    void goesOnWithTheConditionalWritesOfADirectoryWithTheEarlierProtocol() {
        try (ChildProcess earlier = ChildProcess.start(withEarlierProtocol())) {
            try (CqlSession session = session(earlier.address(CassandraConfiguration.NATIVE_PORT))) {
                assertThat(protocol(session)).isEqualTo("v1");
                createSchema(session);
                session.execute("INSERT INTO station.numbers (id, text) VALUES (1, 'earlier') IF NOT EXISTS");
            }
            Signals.kill9(earlier.pid());
        }

        try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(directory);
                CqlSession session = session(cassandra.contactPoint())) {
            assertThat(protocol(session)).isEqualTo("v2");
            assertThat(session.execute("INSERT INTO station.numbers (id, text) VALUES (1, 'x') IF NOT EXISTS")
                            .wasApplied())
                    .isFalse();
            assertThat(session.execute("UPDATE station.numbers SET text = 'later' WHERE id = 1 IF text = 'earlier'")
                            .wasApplied())
                    .isTrue();
            assertThat(session.execute(SimpleStatement.newInstance("SELECT text FROM station.numbers WHERE id = 1")
                                    .setConsistencyLevel(ConsistencyLevel.SERIAL))
                            .one()
                            .getString("text"))
                    .isEqualTo("later");
        }
    }

    private ChildSpec withEarlierProtocol() {
        JvmSettings settings = JvmSettings.ofThisJvm();
        return new ChildSpec(
                "cassandra",
                directory,
                CassandraMain.class,
                CassandraMain.jvmFlags(directory),
                CassandraConfiguration.PORT_NAMES,
                (files, ports) -> {
                    CassandraConfiguration.write(files, ports, settings.heapMegabytes());
                    Path yaml = files.resolve("cassandra.yaml");
                    Files.writeString(yaml, Files.readString(yaml).replace("paxos_variant: v2", "paxos_variant: v1"));
                },
                settings);
    }

    private static String protocol(CqlSession session) {
        return session.execute("SELECT value FROM system_views.settings WHERE name = 'paxos_variant'")
                .one()
                .getString("value");
    }

    @Test
    void runsBesideAnotherWithConditionalWritesAndStorageAttachedIndexes(@TempDir Path otherDirectory) {
        try (EmbeddedCassandra one = EmbeddedCassandra.start(directory);
                EmbeddedCassandra other = EmbeddedCassandra.start(otherDirectory.resolve("it's a directory"));
                CqlSession session = session(one);
                CqlSession otherSession = session(other)) {
            createSchema(session);
            createSchema(otherSession);
            session.execute("CREATE INDEX ON station.numbers (text) USING 'sai'");
            session.execute("INSERT INTO station.numbers (id, text) VALUES (1, 'first') IF NOT EXISTS");

            boolean again = session.execute("INSERT INTO station.numbers (id, text) VALUES (1, 'x') IF NOT EXISTS")
                    .wasApplied();

            assertThat(again).isFalse();
            assertThat(session.execute("SELECT id FROM station.numbers WHERE text = 'first'")
                            .all())
                    .hasSize(1);
            assertThat(count(otherSession)).isZero();
        }
    }

    private static void createSchema(CqlSession session) {
        session.execute(
                "CREATE KEYSPACE station WITH replication = {'class': 'SimpleStrategy'," + " 'replication_factor': 1}");
        session.execute("CREATE TABLE station.numbers (id int PRIMARY KEY, text text)");
    }

    private static void insert(CqlSession session, int count) {
        PreparedStatement insert = session.prepare("INSERT INTO station.numbers (id, text) VALUES (?, 'x')");
        List<CompletionStage<AsyncResultSet>> sent = IntStream.range(0, count)
                .mapToObj(id -> session.executeAsync(insert.bind(id)))
                .toList();
        sent.forEach(one -> one.toCompletableFuture().join());
    }

    private static int count(CqlSession session) {
        return session.execute("SELECT id FROM station.numbers").all().size();
    }

    private static CqlSession session(EmbeddedCassandra cassandra) {
        return session(cassandra.contactPoint());
    }

    private static CqlSession session(String contactPoint) {
        String[] address = contactPoint.split(":", -1);
        return CqlSession.builder()
                .addContactPoint(new InetSocketAddress(address[0], Integer.parseInt(address[1])))
                .withLocalDatacenter(CassandraConfiguration.DATACENTER)
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(15))
                        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(20))
                        .build())
                .build();
    }
}
