package io.agentstation.cluster.api;

import io.agentstation.cluster.objects.ApiFailure;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** A watch over a WebSocket, as fabric8's client asks for. Lives on the socket's event loop. */
final class WatchSocket extends WebSocketListener {

    private static final int NORMAL_CLOSURE = 1000;

    private final Watch watch;
    private Runnable stop = () -> {};
    private boolean closed;

    WatchSocket(Watch watch) {
        this.watch = watch;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
        Context loop = Vertx.currentContext();
        try {
            // Off the store's lock at once: sending must not hold up whoever changes objects.
            stop = watch.start(change -> loop.runOnContext(
                    nothing -> watch.encode(change).filter(message -> !closed).ifPresent(socket::send)));
            watch.timeoutSeconds()
                    .ifPresent(seconds ->
                            loop.owner().setTimer(seconds * 1_000L, timer -> socket.close(NORMAL_CLOSURE, "timeout")));
        } catch (ApiFailure e) {
            socket.send(Watch.failure(e));
            socket.close(NORMAL_CLOSURE, e.reason());
        }
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
        end();
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
        end();
    }

    @Override
    public void onFailure(WebSocket socket, Throwable error, Response response) {
        end();
    }

    private void end() {
        closed = true;
        stop.run();
    }
}
