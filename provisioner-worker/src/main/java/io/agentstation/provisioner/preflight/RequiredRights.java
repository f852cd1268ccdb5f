package io.agentstation.provisioner.preflight;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the Station does in the namespace of its agents. Server-side apply needs {@code patch}, and {@code create} for an
 * object that is not there yet.
 */
final class RequiredRights {

    private static final String CORE = "";
    private static final String APPS = "apps";
    private static final String NETWORKING = "networking.k8s.io";

    /** Every one of them. */
    static final List<Right> ALL = Stream.of(
                    of(CORE, "configmaps", "list", "watch", "create", "patch", "delete"),
                    of(CORE, "secrets", "get", "list", "watch", "create", "patch", "delete"),
                    of(CORE, "services", "get", "list", "watch", "create", "patch", "delete"),
                    of(CORE, "serviceaccounts", "get", "list", "watch", "create", "patch", "delete"),
                    of(NETWORKING, "networkpolicies", "get", "list", "watch", "create", "patch", "delete"),
                    of(NETWORKING, "ingresses", "get", "list", "watch", "create", "patch", "delete"),
                    of(APPS, "deployments", "get", "list", "watch", "create", "patch", "delete"),
                    of(APPS, "replicasets", "list", "delete"),
                    of(CORE, "pods", "list", "watch", "delete"),
                    of(CORE, "pods/log", "get"),
                    of(CORE, "events", "list"),
                    of(CORE, "resourcequotas", "list", "watch"))
            .flatMap(List::stream)
            .toList();

    /** To make the namespace itself, where it is missing. */
    static final Right MAKE_NAMESPACE = new Right(CORE, "namespaces", "create");

    private RequiredRights() {}

    private static List<Right> of(String group, String resource, String... verbs) {
        return Stream.of(verbs).map(verb -> new Right(group, resource, verb)).toList();
    }
}
