package io.agentstation.cluster.api;

import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ObjectStore;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what fabric8's mock server receives; a refusal becomes a {@code Status} object. */
final class ApiDispatcher extends Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(ApiDispatcher.class);

    private final ApiRoutes routes;
    private final ObjectStore store;

    ApiDispatcher(ApiRoutes routes, ObjectStore store) {
        this.routes = routes;
        this.store = store;
    }

    @Override
    public MockResponse dispatch(RecordedRequest recorded) {
        try {
            ApiRequest request = ApiRequest.of(
                    recorded.getMethod(),
                    recorded.getPath(),
                    recorded.getHeader("Content-Type"),
                    recorded.getHeader("User-Agent"),
                    recorded.getBody().getBytes());
            Optional<Target> watched = Streams.watched(request);
            return watched.isPresent()
                    ? new MockResponse().withWebSocketUpgrade(new WatchSocket(new Watch(store, watched.get(), request)))
                    : routes.answer(request).toMockResponse();
        } catch (ApiFailure e) {
            return Answer.json(e.code(), e.toStatus()).toMockResponse();
        } catch (UncheckedIOException e) {
            log.atError()
                    .addKeyValue("method", recorded.getMethod())
                    .addKeyValue("path", recorded.getPath())
                    .setCause(e)
                    .log("the cluster cannot store an object");
            return Answer.json(500, ApiFailure.internal(e).toStatus()).toMockResponse();
        }
    }
}
