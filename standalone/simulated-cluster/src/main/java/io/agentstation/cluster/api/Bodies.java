package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ResourceKind;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what clients send: JSON, or YAML where Kubernetes takes it. */
final class Bodies {

    private Bodies() {}

    /** @throws ApiFailure (400) when the body is not one JSON value, (415) when it is protobuf */
    static JsonNode json(ApiRequest request) {
        if (request.contentType().contains("protobuf")) {
            throw ApiFailure.withDetails(
                    415,
                    "UnsupportedMediaType",
                    "the simulated cluster reads JSON and YAML, not protobuf: write the object to a file and use kubectl"
                            + " apply -f",
                    Json.object());
        }
        try {
            return Json.read(request.body());
        } catch (JacksonException e) {
            throw ApiFailure.badRequest("the body is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** @throws ApiFailure (400) when the body is not one JSON or YAML object */
    static ObjectNode object(ApiRequest request) {
        String body = request.body().strip();
        JsonNode read = body.startsWith("{") || !request.contentType().contains("yaml") ? json(request) : yaml(body);
        if (read instanceof ObjectNode object) {
            return object;
        }
        throw ApiFailure.badRequest("the body must be an object", null);
    }

    /**
     * An object of the kind that the path names.
     *
     * @throws ApiFailure (400) when it is of another kind, or of none
     */
    static ObjectNode object(ApiRequest request, Target target) {
        ObjectNode object = object(request);
        Optional<ResourceKind> kind = ResourceKind.ofBody(
                object.path("apiVersion").asString(""), object.path("kind").asString(""));
        if (!kind.filter(target.kind()::equals).isPresent()) {
            throw ApiFailure.badRequest(
                    "the body is a " + object.path("apiVersion").asString("?") + " "
                            + object.path("kind").asString("?") + ", expected "
                            + target.kind().apiVersion() + " " + target.kind().kind(),
                    null);
        }
        return identified(object, target);
    }

    /** With the namespace and name of the path, which the body may repeat but not contradict. */
    private static ObjectNode identified(ObjectNode object, Target target) {
        ObjectNode metadata = object.withObjectProperty("metadata");
        agree(metadata, "namespace", target.namespace());
        if (!target.isCollection()) {
            agree(metadata, "name", target.name());
        }
        return object;
    }

    private static void agree(ObjectNode metadata, String field, String inPath) {
        String inBody = metadata.path(field).asString("");
        if (!inBody.isEmpty() && !inBody.equals(inPath)) {
            throw ApiFailure.badRequest(
                    "the " + field + " of the provided object does not match the " + field + " sent on the request: "
                            + inBody + ", " + inPath,
                    null);
        }
        if (!inPath.isEmpty()) {
            metadata.put(field, inPath);
        }
    }

    private static JsonNode yaml(String body) {
        try {
            return Json.read(Serialization.asJson(Serialization.unmarshal(body, Map.class)));
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw ApiFailure.badRequest("the body is not YAML: " + e.getMessage(), e);
        }
    }
}
