package io.agentstation.embedded.cassandra;

import io.agentstation.embedded.process.ChildLife;
import io.agentstation.embedded.process.EmbeddedServer;
import java.nio.file.Path;
import java.util.List;
import org.apache.cassandra.service.CassandraDaemon;

/** Cassandra's process. */
public final class CassandraMain implements EmbeddedServer {

    private CassandraMain() {}

    /** Runs the Cassandra of the directory given as the only argument until standard input ends. */
    public static void main(String[] arguments) {
        ChildLife.run(Path.of(arguments[0]), new CassandraMain());
    }

    /** The flags Cassandra needs on Java 17 and later, and those with which a single node starts quickly. */
    public static List<String> jvmFlags(Path directory) {
        return List.of(
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-Dcassandra.config="
                        + CassandraConfiguration.file(directory.toAbsolutePath())
                                .toUri(),
                "-Dcassandra.storagedir=" + directory.toAbsolutePath(),
                "-Dcassandra-foreground=yes",
                // One node has nobody to gossip with and no ring to wait for.
                "-Dcassandra.skip_wait_for_gossip_to_settle=0",
                "-Dcassandra.ring_delay_ms=0",
                "-Dcassandra.shutdown_announce_in_ms=0",
                // Of the messages between nodes only: two seconds less at each stop. Clients and data end in order.
                "-Dcassandra.test.messagingService.nonGracefulShutdown=true",
                "-Dcassandra.superuser_setup_delay_ms=-1",
                "-Dcassandra.load_ring_state=false",
                // Measured by Cassandra at each start otherwise, for about a second; the value is what it measures.
                "-Dcassandra.memtable.row_overhead_size=180",
                "-Dcassandra.disable_tcactive_openssl=true",
                // Never cassandra.unsafesystem=true: a kill -9 then loses the schema (tried).
                "-Dio.netty.tryReflectionSetAccessible=true",
                "-Dio.netty.eventLoopThreads=4",
                "-XX:MaxDirectMemorySize=192m");
    }

    @Override
    public void start() {
        // "Run managed": failures are thrown instead of ending the process without a word.
        new CassandraDaemon(true).activate();
    }

    /** Nothing: Cassandra's own shutdown hook drains the node. */
    @Override
    public void stop() {}
}
