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
 * @param labels labels to set; an empty value removes the label
 */
public record SpecPatch(
        @Nullable String description,
        @Nullable String image,
        @Nullable Resources resources,
        SortedMap<String, String> labels,
        @Nullable UnhealthyPolicy onUnhealthy) {

    public SpecPatch(
            @Nullable String description,
            @Nullable String image,
            @Nullable Resources resources,
            @Nullable SortedMap<String, String> labels,
            @Nullable UnhealthyPolicy onUnhealthy) {
        this.description = description;
        this.image = image;
        this.resources = resources;
        this.labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels == null ? Map.of() : labels));
        this.onUnhealthy = onUnhealthy;
    }

    /** A change of the policy and of nothing else. */
    public static SpecPatch onUnhealthy(UnhealthyPolicy policy) {
        return new SpecPatch(null, null, null, null, policy);
    }
}
