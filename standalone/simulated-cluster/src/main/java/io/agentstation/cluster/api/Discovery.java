package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ResourceKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the API tells about itself: versions, groups, kinds and health. */
final class Discovery {

    static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    static final List<String> PART_VERBS = List.of("get", "patch", "update");

    private static final Set<ResourceKind> IN_ALL =
            Set.of(ResourceKind.POD, ResourceKind.SERVICE, ResourceKind.DEPLOYMENT, ResourceKind.REPLICA_SET);

    private Discovery() {}

    /** Empty when the path is about objects, or about nothing. */
    static Optional<Answer> answer(ApiRequest request) {
        List<String> path = request.segments();
        boolean root = path.equals(List.of("api")) || path.equals(List.of("apis"));
        if (root && AggregatedDiscovery.isWanted(request)) {
            return Optional.of(AggregatedDiscovery.answer(path.get(0).equals("api")));
        }
        return answer(path);
    }

    /** The words by which kubectl names several kinds at once. */
    static List<String> categories(ResourceKind kind) {
        return IN_ALL.contains(kind) ? List.of("all") : List.of();
    }

    private static Optional<Answer> answer(List<String> path) {
        String first = path.isEmpty() ? "" : path.get(0);
        return switch (first) {
            case "" -> Optional.of(paths());
            case "version" -> path.size() == 1 ? Optional.of(version()) : Optional.empty();
            case "healthz", "readyz", "livez" -> Optional.of(Answer.text("ok"));
            case "api" -> api(path);
            case "apis" -> apis(path);
            case "openapi" -> OpenApi.answer(path);
            default -> Optional.empty();
        };
    }

    private static Optional<Answer> api(List<String> path) {
        if (path.size() == 1) {
            ObjectNode versions = Json.object().put("kind", "APIVersions");
            versions.putArray("versions").add("v1");
            return Optional.of(Answer.json(200, versions));
        }
        return path.size() == 2 && path.get(1).equals("v1") ? Optional.of(resources("", "v1")) : Optional.empty();
    }

    private static Optional<Answer> apis(List<String> path) {
        if (path.size() == 1) {
            ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
            ArrayNode groups = list.putArray("groups");
            groups().forEach(name -> groups.add(group(name)));
            return Optional.of(Answer.json(200, list));
        }
        if (!groups().contains(path.get(1)) || path.size() > 3) {
            return Optional.empty();
        }
        return Optional.of(
                path.size() == 2 ? Answer.json(200, group(path.get(1))) : resources(path.get(1), path.get(2)));
    }

    private static List<String> groups() {
        return ResourceKind.ALL.stream()
                .map(ResourceKind::group)
                .filter(group -> !group.isEmpty())
                .distinct()
                .toList();
    }

    private static ObjectNode group(String name) {
        ObjectNode group =
                Json.object().put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
        ArrayNode versions = group.putArray("versions");
        ResourceKind.ALL.stream()
                .filter(kind -> kind.group().equals(name))
                .map(ResourceKind::version)
                .distinct()
                .forEach(version -> versions.addObject()
                        .put("groupVersion", name + "/" + version)
                        .put("version", version));
        group.set("preferredVersion", versions.get(0));
        return group;
    }

    private static Answer resources(String group, String version) {
        String groupVersion = group.isEmpty() ? version : group + "/" + version;
        ObjectNode list = Json.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", groupVersion);
        ArrayNode resources = list.putArray("resources");
        ResourceKind.ALL.stream()
                .filter(kind -> kind.apiVersion().equals(groupVersion))
                .forEach(kind -> describe(kind, resources));
        return Answer.json(200, list);
    }

    private static void describe(ResourceKind kind, ArrayNode resources) {
        ObjectNode resource = resource(kind, kind.plural(), kind.kind(), VERBS, resources);
        resource.put("singularName", kind.kind().toLowerCase(Locale.ROOT));
        kind.shortNames().forEach(resource.putArray("shortNames")::add);
        categories(kind).forEach(resource.putArray("categories")::add);
        if (kind.hasStatus()) {
            resource(kind, kind.plural() + "/status", kind.kind(), PART_VERBS, resources);
        }
        if (kind.isScalable()) {
            resource(kind, kind.plural() + "/scale", "Scale", PART_VERBS, resources)
                    .put("group", "autoscaling")
                    .put("version", "v1");
        }
        if (kind.equals(ResourceKind.POD)) {
            resource(kind, "pods/log", kind.kind(), List.of("get"), resources);
        }
    }

    private static ObjectNode resource(
            ResourceKind kind, String name, String bodyKind, List<String> verbs, ArrayNode resources) {
        ObjectNode resource = resources
                .addObject()
                .put("name", name)
                .put("singularName", "")
                .put("namespaced", kind.namespaced())
                .put("kind", bodyKind);
        verbs.forEach(resource.putArray("verbs")::add);
        return resource;
    }

    private static Answer version() {
        return Answer.json(
                200,
                Json.object()
                        .put("major", "1")
                        .put("minor", "34")
                        .put("gitVersion", "v1.34.0+simulated")
                        .put("gitCommit", "simulated")
                        .put("gitTreeState", "clean")
                        .put("buildDate", "2026-01-01T00:00:00Z")
                        .put("goVersion", "none")
                        .put("compiler", "javac")
                        .put("platform", "simulated"));
    }

    private static Answer paths() {
        ObjectNode root = Json.object();
        ArrayNode paths = root.putArray("paths").add("/api").add("/api/v1").add("/apis");
        groups().forEach(group -> paths.add("/apis/" + group));
        paths.add("/healthz").add("/livez").add("/readyz").add("/version");
        return Answer.json(200, root);
    }
}
