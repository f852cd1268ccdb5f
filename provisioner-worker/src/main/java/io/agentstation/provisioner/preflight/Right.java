package io.agentstation.provisioner.preflight;

/**
 * One thing that the Station does on the cluster.
 *
 * @param group    the resource's API group; empty for the core group
 * @param resource in plural, as paths and roles name it; a subresource after a slash
 * @param verb     as roles name it
 */
record Right(String group, String resource, String verb) {

    /** The resource without its subresource. */
    String mainResource() {
        return resource.split("/", 2)[0];
    }

    /** The subresource, or empty. */
    String subresource() {
        return resource.contains("/") ? resource.split("/", 2)[1] : "";
    }

    /** As kubectl names it: {@code deployments.apps}. */
    String qualifiedResource() {
        return group.isEmpty() ? resource : resource + "." + group;
    }
}
