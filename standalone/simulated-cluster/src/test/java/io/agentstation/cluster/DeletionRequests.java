package io.agentstation.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A deletion with a uid precondition, as raw HTTP. */
final class DeletionRequests {

    private DeletionRequests() {}

    static void delete(URI cluster, HasMetadata object, String uid) {
        String path = "/apis/" + object.getApiVersion() + "/namespaces/"
                + object.getMetadata().getNamespace() + "/" + object.getPlural() + "/"
                + object.getMetadata().getName();
        HttpRequest request = HttpRequest.newBuilder(cluster.resolve(path))
                .header("Content-Type", "application/json")
                .method(
                        "DELETE",
                        HttpRequest.BodyPublishers.ofString(
                                "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"preconditions\":{\"uid\":\"" + uid
                                        + "\"}}"))
                .build();
        try {
            var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                Status status = Serialization.unmarshal(response.body(), Status.class);
                throw new KubernetesClientException(status.getMessage(), response.statusCode(), status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("deleting at " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while deleting at " + path, e);
        }
    }
}
