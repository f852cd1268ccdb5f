package io.agentstation.cluster.api;

import io.agentstation.cluster.kubelet.PodLogs;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.RandomNames;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.vertx.HttpServerRequestHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API on a loopback port: requests and WebSockets by the handlers of fabric8's mock server.
 *
 * <p>Not by its {@code MockWebServer}, which records every request for ever, runs on threads that keep the JVM alive and
 * cannot stream a response.
 */
public final class ApiServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ApiServer.class);
    private static final long PATIENCE_SECONDS = 10;
    private static final int LONGEST_URI = 64 * 1024;

    private final Vertx vertx;
    private final HttpServer server;

    private ApiServer(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /**
     * Starts to answer.
     *
     * @param ports tried in this order; 0 is any free port
     */
    public static ApiServer start(
            ObjectStore store, PodLogs podLogs, RandomNames names, Clock clock, List<Integer> ports) {
        ApiRoutes routes = new ApiRoutes(store, podLogs, names, clock);
        ApiDispatcher dispatcher = new ApiDispatcher(routes, store);
        Streams streams = new Streams(store, routes.logs());
        Vertx vertx = Vertx.vertx(options());
        HttpServerRequestHandler whole = new HttpServerRequestHandler(vertx) {
            @Override
            protected MockResponse onHttpRequest(RecordedRequest request) {
                return dispatcher.dispatch(request);
            }
        };
        return new ApiServer(
                vertx,
                listen(
                        vertx,
                        request -> {
                            if (!streams.answers(request)) {
                                whole.handle(request);
                            }
                        },
                        ports));
    }

    /** Where clients find the API. */
    public int port() {
        return server.actualPort();
    }

    /** Ends all connections, watches included. */
    @Override
    public void close() {
        await(server.close());
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

    private static HttpServer listen(
            Vertx vertx, io.vertx.core.Handler<HttpServerRequest> handler, List<Integer> ports) {
        int port = ports.get(0);
        HttpServerOptions options = new HttpServerOptions()
                .setHost(InetAddress.getLoopbackAddress().getHostAddress())
                .setPort(port)
                .setMaxInitialLineLength(LONGEST_URI)
                // The JDK's client offers an upgrade to HTTP/2 with each first request.
                .setHttp2ClearTextEnabled(false);
        try {
            return await(vertx.createHttpServer(options).requestHandler(handler).listen());
        } catch (CompletionException e) {
            if (ports.size() > 1 && e.getCause() instanceof BindException) {
                log.atWarn().addKeyValue("port", port).log("the cluster's last port is taken, using another");
                return listen(vertx, handler, ports.subList(1, ports.size()));
            }
            var unused = vertx.close();
            throw e;
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
