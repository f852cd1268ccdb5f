package io.agentstation.embedded;

import io.agentstation.embedded.cassandra.CassandraConfiguration;
import io.agentstation.embedded.cassandra.CassandraMain;
import io.agentstation.embedded.process.ChildProcess;
import io.agentstation.embedded.process.ChildSpec;
import io.agentstation.embedded.process.JvmSettings;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * A Cassandra with one node in a child JVM. Rows it has acknowledged survive the end of its process, {@code kill -9}
 * included.
 */
public final class EmbeddedCassandra implements RunningServer {

    private final ChildProcess child;

    private EmbeddedCassandra(ChildProcess child) {
        this.child = child;
    }

    /** Starts a node on a directory of its own, with the parent's class path; returns when it serves clients. */
    public static EmbeddedCassandra start(Path directory) {
        return start(directory, JvmSettings.ofThisJvm());
    }

    /**
     * Starts a node on a directory of its own; returns when it serves clients.
     *
     * @throws io.agentstation.embedded.process.StartFailed when it does not become ready, with the reason
     */
    public static EmbeddedCassandra start(Path directory, JvmSettings settings) {
        ChildSpec spec = new ChildSpec(
                "cassandra",
                directory,
                CassandraMain.class,
                CassandraMain.jvmFlags(directory),
                CassandraConfiguration.PORT_NAMES,
                (files, ports) -> CassandraConfiguration.write(files, ports, settings.heapMegabytes()),
                settings);
        return new EmbeddedCassandra(ChildProcess.start(spec));
    }

    /** Where drivers connect, host:port on the loopback address; kept across restarts while the port is free. */
    public String contactPoint() {
        return child.address(CassandraConfiguration.NATIVE_PORT);
    }

    /** The name of the only datacenter, which drivers must be told. */
    public String localDatacenter() {
        return CassandraConfiguration.DATACENTER;
    }

    @Override
    public String address() {
        return contactPoint();
    }

    @Override
    public long pid() {
        return child.pid();
    }

    /** Whether the child runs. */
    public boolean isAlive() {
        return child.isAlive();
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        return child.onExit();
    }

    /** Stops the node in order within 3 s, or by force; further calls do nothing. */
    @Override
    public void close() {
        child.close();
    }
}
