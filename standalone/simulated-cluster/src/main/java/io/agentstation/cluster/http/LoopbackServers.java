package io.agentstation.cluster.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP servers on the loopback address, which share one event loop. All threads are daemons. */
public final class LoopbackServers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LoopbackServers.class);
    private static final long PATIENCE_SECONDS = 10;
    private static final int LONGEST_URI = 64 * 1024;

    private final Vertx vertx = Vertx.vertx(options());
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    /** What the handlers of fabric8's mock server need. */
    public Vertx vertx() {
        return vertx;
    }

    /**
     * Starts a server and returns its port.
     *
     * @param ports tried in this order; 0 is any free port
     */
    public int listen(Handler<HttpServerRequest> handler, List<Integer> ports) {
        int port = ports.get(0);
        HttpServerOptions options = new HttpServerOptions()
                .setHost(InetAddress.getLoopbackAddress().getHostAddress())
                .setPort(port)
                .setMaxInitialLineLength(LONGEST_URI)
                // The JDK's client offers an upgrade to HTTP/2 with each first request.
                .setHttp2ClearTextEnabled(false);
        try {
            HttpServer server = await(
                    vertx.createHttpServer(options).requestHandler(handler).listen());
            servers.add(server);
            return server.actualPort();
        } catch (CompletionException e) {
            if (ports.size() > 1 && e.getCause() instanceof BindException) {
                log.atWarn().addKeyValue("port", port).log("a port that the cluster had last is taken, using another");
                return listen(handler, ports.subList(1, ports.size()));
            }
            throw e;
        }
    }

    /** Ends all connections. */
    @Override
    public void close() {
        servers.forEach(server -> await(server.close()));
        await(vertx.close());
    }

    private static VertxOptions options() {
        return new VertxOptions()
                .setUseDaemonThread(true)
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                // A cache directory would be left behind by a kill -9.
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
