package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of {@code /openapi/v3} as {@code kubectl apply} reads before it writes: which kinds take the parameter {@code
 * fieldValidation}. It describes no fields: {@code kubectl explain} finds nothing.
 */
final class OpenApi {

    private static final String ROOT = "openapi";

    /** An older kubectl does not apply without version 2: no bytes are a protobuf document that describes nothing. */
    private static final Answer EMPTY_V2 = new Answer(200, "application/octet-stream", "");

    private OpenApi() {}

    /** Empty when the path is not about OpenAPI, or names a group that is not served. */
    static Optional<Answer> answer(List<String> path) {
        if (path.equals(List.of(ROOT, "v2"))) {
            return Optional.of(EMPTY_V2);
        }
        boolean about =
                path.size() >= 2 && path.get(0).equals(ROOT) && path.get(1).equals("v3");
        if (!about) {
            return Optional.empty();
        }
        if (path.size() == 2) {
            return Optional.of(index());
        }
        String groupVersion = String.join("/", path.subList(2, path.size()));
        return places().anyMatch(groupVersion::equals) ? Optional.of(document(groupVersion)) : Optional.empty();
    }

    private static Answer index() {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        places().forEach(place -> paths.putObject(place).put("serverRelativeURL", "/" + ROOT + "/v3/" + place));
        return Answer.json(200, index);
    }

    private static Answer document(String place) {
        ObjectNode document = Json.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.34.0+simulated");
        ObjectNode paths = document.putObject("paths");
        ResourceKind.ALL.stream().filter(kind -> place(kind).equals(place)).forEach(kind -> {
            String inNamespace = kind.namespaced() ? "/namespaces/{namespace}" : "";
            ObjectNode patch = paths.putObject("/" + place + inNamespace + "/" + kind.plural() + "/{name}")
                    .putObject("patch");
            patch.putArray("parameters")
                    .addObject()
                    .put("name", "fieldValidation")
                    .put("in", "query")
                    .putObject("schema")
                    .put("type", "string");
            patch.putObject("x-kubernetes-group-version-kind")
                    .put("group", kind.group())
                    .put("version", kind.version())
                    .put("kind", kind.kind());
        });
        document.putObject("components").putObject("schemas");
        return Answer.json(200, document);
    }

    private static Stream<String> places() {
        return ResourceKind.ALL.stream().map(OpenApi::place).distinct();
    }

    private static String place(ResourceKind kind) {
        return (kind.group().isEmpty() ? "api/" : "apis/") + kind.apiVersion();
    }
}
