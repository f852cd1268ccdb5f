package io.agentstation.cluster.api;

import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ResourceKind;
import io.agentstation.cluster.objects.Selector;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The rules of the API server that a wrong manifest is most likely to break, in its words; each throws an {@link
 * ApiFailure} (422).
 */
final class Validation {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern SERVICE_NAME = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");

    /** Kubernetes allows 253; here the name is a file's name, which has 255 with its ending. */
    private static final int LONGEST_NAME = 240;

    private static final int LONGEST_LABEL = 63;

    private Validation() {}

    static void check(ClusterObject object, Optional<ClusterObject> live) {
        ObjectKey key = object.key();
        checkName(key);
        checkLabels(key, "metadata.labels", object.labels());
        if (key.kind().equals(ResourceKind.DEPLOYMENT) || key.kind().equals(ResourceKind.REPLICA_SET)) {
            checkWorkload(object, live);
        } else if (key.kind().equals(ResourceKind.POD)) {
            checkContainers(key, "spec", object.spec());
        } else if (key.kind().equals(ResourceKind.SECRET)) {
            checkData(object);
        }
    }

    private static void checkName(ObjectKey key) {
        String name = key.name();
        if (name.isEmpty()) {
            throw ApiFailure.invalid(key, "metadata.name", "Required value: name or generateName is required");
        }
        boolean service = key.kind().equals(ResourceKind.SERVICE);
        boolean shortName = service || key.kind().equals(ResourceKind.NAMESPACE);
        Pattern allowed = service ? SERVICE_NAME : SUBDOMAIN;
        int longest = shortName ? LONGEST_LABEL : LONGEST_NAME;
        if (!allowed.matcher(name).matches() || name.length() > longest) {
            throw ApiFailure.invalid(
                    key,
                    "metadata.name",
                    "Invalid value: \"" + name + "\": must match " + allowed + " and have at most " + longest
                            + " characters");
        }
    }

    private static void checkLabels(ObjectKey key, String field, Map<String, String> labels) {
        labels.values().forEach(value -> {
            if (value.length() > LONGEST_LABEL || !LABEL_VALUE.matcher(value).matches()) {
                throw ApiFailure.invalid(
                        key,
                        field,
                        "Invalid value: \"" + value + "\": must match " + LABEL_VALUE + " and have at most "
                                + LONGEST_LABEL + " characters");
            }
        });
    }

    private static void checkWorkload(ClusterObject object, Optional<ClusterObject> live) {
        ObjectKey key = object.key();
        JsonNode selector = object.spec().path("selector");
        JsonNode template = object.spec().path("template");
        Map<String, String> labels =
                ClusterObject.strings(template.path("metadata").path("labels"));
        if (selector.path("matchLabels").isEmpty()
                && selector.path("matchExpressions").isEmpty()) {
            throw ApiFailure.invalid(key, "spec.selector", "Required value");
        }
        if (!Selector.matchLabels(selector, labels)) {
            throw ApiFailure.invalid(
                    key, "spec.template.metadata.labels", "Invalid value: `selector` does not match template `labels`");
        }
        if (live.filter(before -> !before.spec().path("selector").equals(selector))
                .isPresent()) {
            throw ApiFailure.invalid(key, "spec.selector", "Invalid value: field is immutable");
        }
        if (object.spec().path("replicas").asInt(0) < 0) {
            throw ApiFailure.invalid(key, "spec.replicas", "must be greater than or equal to 0");
        }
        checkLabels(key, "spec.template.metadata.labels", labels);
        checkContainers(key, "spec.template.spec", template.path("spec"));
    }

    private static void checkContainers(ObjectKey key, String field, JsonNode podSpec) {
        if (podSpec.path("containers").isEmpty()) {
            throw ApiFailure.invalid(key, field + ".containers", "Required value");
        }
        podSpec.path("containers").forEach(container -> {
            if (container.path("name").asString("").isEmpty()
                    || container.path("image").asString("").isEmpty()) {
                throw ApiFailure.invalid(key, field + ".containers", "Required value: name and image are required");
            }
        });
    }

    private static void checkData(ClusterObject secret) {
        secret.json().path("data").propertyStream().forEach(entry -> {
            try {
                Base64.getDecoder().decode(entry.getValue().asString(""));
            } catch (IllegalArgumentException e) {
                // The value is a secret, so only its key is named.
                throw ApiFailure.badRequest("illegal base64 data in Secret data \"" + entry.getKey() + "\"", e);
            }
        });
    }
}
