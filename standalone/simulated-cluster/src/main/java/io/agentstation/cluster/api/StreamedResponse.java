package io.agentstation.cluster.api;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;

/** A response that is written piece by piece until either side ends it. Made on an event loop, used from anywhere. */
final class StreamedResponse {

    private final HttpServerResponse response;
    private final Context loop = Vertx.currentContext();
    private Runnable onEnd = () -> {};
    private boolean ended;

    /** Sends the head at once, so that the client knows that its request is accepted. */
    StreamedResponse(HttpServerResponse response, String contentType) {
        this.response = response;
        response.setChunked(true).putHeader("Content-Type", contentType);
        response.closeHandler(nothing -> finished());
        response.exceptionHandler(failure -> finished());
        var unused = response.writeHead();
    }

    /** What to undo when nobody reads any more. */
    void onEnd(Runnable undo) {
        onEnd = undo;
    }

    void later(Runnable task) {
        loop.runOnContext(nothing -> task.run());
    }

    /** Ends after a while. */
    void endAfter(int seconds) {
        loop.owner().setTimer(seconds * 1_000L, timer -> end());
    }

    void write(String text) {
        if (!ended && !text.isEmpty()) {
            var unused = response.write(text);
        }
    }

    void end() {
        if (!ended) {
            finished();
            var unused = response.end();
        }
    }

    private void finished() {
        ended = true;
        onEnd.run();
    }
}
