package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ResourceKind;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All groups and kinds in one answer ({@code apidiscovery.k8s.io/v2}), which is what kubectl asks for first. */
final class AggregatedDiscovery {

    private static final String GROUP = "apidiscovery.k8s.io";
    private static final String TYPE = "application/json;g=" + GROUP + ";v=v2;as=APIGroupDiscoveryList";
    private static final Pattern WANTED =
            Pattern.compile("application/json\\s*;[^,]*\\bv=v2\\b[^,]*\\bas=APIGroupDiscoveryList\\b");

    private AggregatedDiscovery() {}

    static boolean isWanted(ApiRequest request) {
        return WANTED.matcher(request.accept()).find();
    }

    /** The kinds of the core group, or those of all other groups. */
    static Answer answer(boolean core) {
        ObjectNode list = Json.object().put("kind", "APIGroupDiscoveryList").put("apiVersion", GROUP + "/v2");
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        groups(kind -> kind.group().isEmpty() == core).forEach((group, versions) -> {
            ObjectNode item = items.addObject();
            ObjectNode metadata = item.putObject("metadata");
            if (!core) {
                metadata.put("name", group);
            }
            ArrayNode served = item.putArray("versions");
            versions.forEach(version -> {
                ObjectNode resources =
                        served.addObject().put("version", version).put("freshness", "Current");
                ArrayNode kinds = resources.putArray("resources");
                ResourceKind.ALL.stream()
                        .filter(kind ->
                                kind.group().equals(group) && kind.version().equals(version))
                        .forEach(kind -> describe(kind, kinds.addObject()));
            });
        });
        return new Answer(200, TYPE, list.toString());
    }

    private static Map<String, Set<String>> groups(Predicate<ResourceKind> wanted) {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        ResourceKind.ALL.stream()
                .filter(wanted)
                .forEach(kind -> groups.computeIfAbsent(kind.group(), group -> new LinkedHashSet<>())
                        .add(kind.version()));
        return groups;
    }

    private static void describe(ResourceKind kind, ObjectNode resource) {
        resource.put("resource", kind.plural())
                .put("scope", kind.namespaced() ? "Namespaced" : "Cluster")
                .put("singularResource", kind.kind().toLowerCase(Locale.ROOT));
        resource.set("responseKind", responseKind(kind.group(), kind.version(), kind.kind()));
        Discovery.VERBS.forEach(resource.putArray("verbs")::add);
        kind.shortNames().forEach(resource.putArray("shortNames")::add);
        Discovery.categories(kind).forEach(resource.putArray("categories")::add);
        ArrayNode parts = resource.putArray("subresources");
        if (kind.hasStatus()) {
            part(parts, "status", Discovery.PART_VERBS, responseKind(kind.group(), kind.version(), kind.kind()));
        }
        if (kind.isScalable()) {
            part(parts, "scale", Discovery.PART_VERBS, responseKind("autoscaling", "v1", "Scale"));
        }
        if (kind.equals(ResourceKind.POD)) {
            part(parts, "log", List.of("get"), responseKind("", "v1", "Pod"));
        }
    }

    private static void part(ArrayNode parts, String name, List<String> verbs, ObjectNode responseKind) {
        ObjectNode part = parts.addObject().put("subresource", name);
        part.set("responseKind", responseKind);
        verbs.forEach(part.putArray("verbs")::add);
    }

    private static ObjectNode responseKind(String group, String version, String kind) {
        return Json.object().put("group", group).put("version", version).put("kind", kind);
    }
}
