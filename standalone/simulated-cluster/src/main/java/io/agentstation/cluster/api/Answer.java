package io.agentstation.cluster.api;

import io.fabric8.mockwebserver.http.MockResponse;
import tools.jackson.databind.JsonNode;

/** What a request is answered with. */
record Answer(int code, String contentType, String body) {

    static Answer json(int code, JsonNode body) {
        return new Answer(code, "application/json", body.toString());
    }

    static Answer text(String body) {
        return new Answer(200, "text/plain", body);
    }

    MockResponse toMockResponse() {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", contentType)
                .setBody(body);
    }
}
