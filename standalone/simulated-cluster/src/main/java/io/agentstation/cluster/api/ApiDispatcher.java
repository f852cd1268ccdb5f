package io.agentstation.cluster.api;

import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ObjectStore;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Answers what fabric8's mock server receives; a refusal becomes a {@code Status} object. */
final class ApiDispatcher extends Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(ApiDispatcher.class);

    private final ApiRoutes routes;
    private final ObjectStore store;
    private final Clock clock;

    ApiDispatcher(ApiRoutes routes, ObjectStore store, Clock clock) {
        this.routes = routes;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public MockResponse dispatch(RecordedRequest recorded) {
        try {
            ApiRequest request = ApiRequest.of(
                    recorded.getMethod(),
                    recorded.getPath(),
                    recorded::getHeader,
                    recorded.getBody().getBytes());
            Optional<Target> watched = Streams.watched(request);
            return watched.isPresent()
                    ? new MockResponse()
                            .withWebSocketUpgrade(new WatchSocket(new Watch(store, watched.get(), request, clock)))
                    : routes.answer(request).toMockResponse();
        } catch (ApiFailure e) {
            return Answer.json(e.code(), e.toStatus()).toMockResponse();
        } catch (JacksonException e) {
            // A text where an object belongs, and the like: the tree is read as it comes, without a schema.
            ApiFailure failure = ApiFailure.badRequest("a field has a wrong type: " + e.getOriginalMessage(), e);
            return Answer.json(failure.code(), failure.toStatus()).toMockResponse();
        } catch (RuntimeException e) {
            // The last one who can answer: without this the mock's handler would leave the client waiting for ever.
            log.atError()
                    .addKeyValue("method", recorded.getMethod())
                    .addKeyValue("path", recorded.getPath())
                    .setCause(e)
                    .log("a request failed inside the cluster");
            return Answer.json(500, ApiFailure.internal(e).toStatus()).toMockResponse();
        }
    }
}
