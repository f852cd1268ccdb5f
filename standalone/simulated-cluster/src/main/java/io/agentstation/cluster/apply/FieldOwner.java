package io.agentstation.cluster.apply;

import tools.jackson.databind.JsonNode;

/**
 * Who owns fields: the same manager is one owner when it applies and another when it updates.
 *
 * @param subresource {@code status} or {@code scale}; empty for the object itself
 */
record FieldOwner(String manager, String operation, String subresource) {

    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

    static FieldOwner of(JsonNode managedFieldsEntry) {
        return new FieldOwner(
                managedFieldsEntry.path("manager").asString(""),
                managedFieldsEntry.path("operation").asString(""),
                managedFieldsEntry.path("subresource").asString(""));
    }

    /** As Kubernetes names the owner in a conflict. */
    String describe(String apiVersion) {
        String part = subresource.isEmpty() ? "" : " with subresource \"" + subresource + "\"";
        return "conflict with \"" + manager + "\"" + part + " using " + apiVersion;
    }
}
