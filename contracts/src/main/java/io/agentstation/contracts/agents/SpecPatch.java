package io.agentstation.contracts.agents;

import io.agentstation.contracts.policies.UnhealthyPolicy;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A change to some fields of a specification; what is null or absent stays as it is.
 *
 * @param description an empty one removes it
 * @param labels      labels to set; an empty value removes the label
 * @param environment variables to set, each with the version under which its value is sealed in the store; an empty version
 *                    removes the variable
 */
public record SpecPatch(
        @Nullable String description,
        @Nullable String image,
        @Nullable ResourcesPatch resources,
        SortedMap<String, String> labels,
        @Nullable UnhealthyPolicy onUnhealthy,
        SortedMap<String, String> environment) {

    public SpecPatch(
            @Nullable String description,
            @Nullable String image,
            @Nullable ResourcesPatch resources,
            @Nullable SortedMap<String, String> labels,
            @Nullable UnhealthyPolicy onUnhealthy,
            @Nullable SortedMap<String, String> environment) {
        this.description = description;
        this.image = image;
        this.resources = resources;
        this.labels = copy(labels);
        this.onUnhealthy = onUnhealthy;
        this.environment = copy(environment);
    }

    /** A change that leaves the environment as it is. */
    public SpecPatch(
            @Nullable String description,
            @Nullable String image,
            @Nullable ResourcesPatch resources,
            @Nullable SortedMap<String, String> labels,
            @Nullable UnhealthyPolicy onUnhealthy) {
        this(description, image, resources, labels, onUnhealthy, null);
    }

    /** A change of the policy and of nothing else. */
    public static SpecPatch onUnhealthy(UnhealthyPolicy policy) {
        return new SpecPatch(null, null, null, null, policy);
    }

    private static SortedMap<String, String> copy(@Nullable SortedMap<String, String> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map == null ? Map.of() : map));
    }
}
