package io.agentstation.contracts.agents;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A change to some of an agent's resources; what is null stays as it is. */
public record ResourcesPatch(
        @Nullable String cpuRequest,
        @Nullable String memoryRequest,
        @Nullable String cpuLimit,
        @Nullable String memoryLimit) {

    /** A change of all four. */
    public static ResourcesPatch of(Resources all) {
        return new ResourcesPatch(all.cpuRequest(), all.memoryRequest(), all.cpuLimit(), all.memoryLimit());
    }

    /**
     * The resources after the change.
     *
     * @throws IllegalArgumentException when a request would exceed its limit: the other one was changed meanwhile
     */
    public Resources applyTo(Resources before) {
        return new Resources(
                Objects.requireNonNullElse(cpuRequest, before.cpuRequest()),
                Objects.requireNonNullElse(memoryRequest, before.memoryRequest()),
                Objects.requireNonNullElse(cpuLimit, before.cpuLimit()),
                Objects.requireNonNullElse(memoryLimit, before.memoryLimit()));
    }
}
