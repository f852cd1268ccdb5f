package io.agentstation.benchmarks.provisioning;

import io.agentstation.contracts.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Creates agents over the API. */
record Posts(URI agents, String key, HttpClient client) {

    Posts(URI agents, String key) {
        this(
                agents,
                key,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    /** The uuid. */
    String create(String name, int replicas) {
        HttpRequest request = HttpRequest.newBuilder(agents)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"" + name + "\",\"image\":\"" + Fleet.IMAGE + "\",\"replicas\":" + replicas + "}"))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IllegalStateException("POST of " + name + ": " + answer.statusCode() + answer.body());
            }
            return Wire.mapper().readTree(answer.body()).at("/agent/uuid").asString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
