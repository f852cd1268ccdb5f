package io.agentstation.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.net.InetSocketAddress;
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
        String[] address = cassandra.contactPoint().split(":", -1);
        return CqlSession.builder()
                .addContactPoint(new InetSocketAddress(address[0], Integer.parseInt(address[1])))
                .withLocalDatacenter(cassandra.localDatacenter())
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(15))
                        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(20))
                        .build())
                .build();
    }
}
