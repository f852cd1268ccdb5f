package io.agentstation.benchmarks.provisioning;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.agentstation.embedded.cassandra.CassandraConfiguration;
import io.agentstation.embedded.cassandra.CassandraMain;
import io.agentstation.embedded.process.ChildProcess;
import io.agentstation.embedded.process.ChildSpec;
import io.agentstation.embedded.process.JvmSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/**
 * What a statement on a row of an agent's desired state costs the Cassandra of a station: its process's CPU, and the time until the
 * answer; once with each variant of Paxos. Rows share few partitions, as agents do.
 */
public final class StatementCostMain {

    private static final int AT_ONCE = 16;
    private static final int WARM_UP_ROUNDS = 3;
    private static final int SPEC_LENGTH = 400;
    private static final int SERVER_MEGABYTES = 1024;

    private final CqlSession session;
    private final ProcessHandle cassandra;
    private final int partitions;
    private final int statements;

    private StatementCostMain(CqlSession session, ProcessHandle cassandra, int partitions, int statements) {
        this.session = session;
        this.cassandra = cassandra;
        this.partitions = partitions;
        this.statements = statements;
    }

    /** With the number of statements of each kind, and of the partitions that they share. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int statements = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000;
        int partitions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 12;
        for (String variant : List.of("v1", "v2")) {
            Path directory = Files.createTempDirectory("statement-cost");
            try (ChildProcess child = ChildProcess.start(cassandra(directory, variant));
                    CqlSession session = session(child.address(CassandraConfiguration.NATIVE_PORT))) {
                ProcessHandle process = ProcessHandle.of(child.pid()).orElseThrow();
                new StatementCostMain(session, process, partitions, statements).run(variant);
            } finally {
                ThroughputMain.delete(directory);
            }
        }
    }

    private static ChildSpec cassandra(Path directory, String variant) {
        JvmSettings jvm =
                JvmSettings.ofThisJvm().withHeapMegabytes(SERVER_MEGABYTES).asOnAServer();
        return new ChildSpec(
                "cassandra",
                directory,
                CassandraMain.class,
                CassandraMain.jvmFlags(directory),
                CassandraConfiguration.PORT_NAMES,
                (files, ports) -> configure(files, ports, variant),
                jvm);
    }

    private static void configure(Path files, Map<String, Integer> ports, String variant) throws IOException {
        CassandraConfiguration.write(files, ports, SERVER_MEGABYTES);
        Path settings = files.resolve("cassandra.yaml");
        String others = Files.readString(settings).replaceAll("(?m)^paxos_variant: .*$", "");
        Files.writeString(settings, others + "\npaxos_variant: " + variant + "\n");
    }

    private static CqlSession session(String address) {
        String[] parts = address.split(":", -1);
        CqlSession session = CqlSession.builder()
                .addContactPoint(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])))
                .withLocalDatacenter(CassandraConfiguration.DATACENTER)
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                        .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                        .build())
                .build();
        session.execute("CREATE KEYSPACE cost WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
        session.execute("CREATE TABLE cost.rows (partition int, id int, at bigint, spec text,"
                + " PRIMARY KEY ((partition), id))");
        return session;
    }

    private void run(String variant) throws InterruptedException {
        String spec = "x".repeat(SPEC_LENGTH);
        PreparedStatement write =
                session.prepare("INSERT INTO cost.rows (partition, id, at, spec) VALUES (?, ?, 0, '" + spec + "')");
        PreparedStatement read = session.prepare("SELECT * FROM cost.rows WHERE partition = ? AND id = ?");
        PreparedStatement set = session.prepare(
                "UPDATE cost.rows SET at = 0, spec = '" + spec + "' WHERE partition = ? AND id = ? IF at = 0");
        PreparedStatement refused = session.prepare(
                "UPDATE cost.rows SET at = 0, spec = '" + spec + "' WHERE partition = ? AND id = ? IF at = 1");
        Map<String, IntFunction<BoundStatement>> kinds = new LinkedHashMap<>();
        kinds.put("plain write", number -> on(write, number));
        kinds.put("plain read", number -> on(read, number));
        kinds.put("linearizable read", number -> on(read, number).setConsistencyLevel(ConsistencyLevel.SERIAL));
        kinds.put("compare-and-set", number -> on(set, number));
        kinds.put("compare-and-set, refused", number -> on(refused, number));
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            for (IntFunction<BoundStatement> statement : kinds.values()) {
                double unused = send(statements, statement);
            }
        }
        for (Map.Entry<String, IntFunction<BoundStatement>> kind : kinds.entrySet()) {
            measure(variant, kind.getKey(), kind.getValue());
        }
    }

    private BoundStatement on(PreparedStatement statement, int number) {
        return statement.bind(number % partitions, number).setIdempotent(true);
    }

    private void measure(String variant, String kind, IntFunction<BoundStatement> statement)
            throws InterruptedException {
        Duration before = cpu();
        long from = System.nanoTime();
        double answered = send(statements, statement);
        double seconds = (System.nanoTime() - from) / 1e9;
        double millis = cpu().minus(before).toMillis();
        System.out.println(String.format(
                Locale.ROOT,
                "Paxos %s, %d partitions, %d at once, %s: %.2f ms of CPU, %.1f ms until the answer, %.0f a second",
                variant,
                partitions,
                AT_ONCE,
                kind,
                millis / statements,
                answered,
                statements / seconds));
    }

    private Duration cpu() {
        return cassandra.info().totalCpuDuration().orElseThrow();
    }

    /** Milliseconds until the answer, on average. */
    private double send(int count, IntFunction<BoundStatement> statement) throws InterruptedException {
        Semaphore room = new Semaphore(AT_ONCE);
        LongAdder nanos = new LongAdder();
        for (int i = 0; i < count; i++) {
            room.acquire();
            long from = System.nanoTime();
            session.executeAsync(statement.apply(i)).whenComplete((rows, failure) -> {
                nanos.add(System.nanoTime() - from);
                room.release();
            });
        }
        room.acquire(AT_ONCE);
        return nanos.sum() / 1e6 / count;
    }
}
