package io.agentstation.contracts.agents;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants an agent to be: the whole specification, with effective values (no defaults left open).
 *
 * @param workspace      the tenant that owns it
 * @param name           DNS-safe, unique among live agents; also the Deployment's name
 * @param description    free text for people, or null
 * @param image          container image reference
 * @param resources      per replica
 * @param replicas       how many pods, at least 0
 * @param port           the port that its container listens on, 1 to 65535
 * @param labels         the user's labels
 * @param environment    names of the environment variables whose values are sealed in the store; never the values
 * @param onUnhealthy    what is done when it stays silent; {@link UnhealthyPolicy#INHERIT} when the message says nothing,
 *                       as those written before there were policies
 * @param environmentVersions under which version the value of a variable is sealed that was changed after the creation;
 *                       the others' values have none
 * @param heartbeat      who sends its heartbeats, or null: its image decides, see {@link #heartbeatSource()}
 */
public record AgentSpec(
        WorkspaceId workspace,
        String name,
        @Nullable String description,
        String image,
        Resources resources,
        int replicas,
        int port,
        SortedMap<String, String> labels,
        SortedSet<String> environment,
        UnhealthyPolicy onUnhealthy,
        SortedMap<String, String> environmentVersions,
        @Nullable HeartbeatSource heartbeat) {

    /** The image of an agent that names none (reference 000). */
    public static final String DEFAULT_IMAGE = "nginxinc/nginx-unprivileged:alpine";

    /** The port of an agent that names none. */
    public static final int DEFAULT_PORT = 8080;

    public AgentSpec(
            WorkspaceId workspace,
            String name,
            @Nullable String description,
            String image,
            Resources resources,
            int replicas,
            int port,
            SortedMap<String, String> labels,
            SortedSet<String> environment,
            @Nullable UnhealthyPolicy onUnhealthy,
            @Nullable SortedMap<String, String> environmentVersions,
            @Nullable HeartbeatSource heartbeat) {
        if (!AgentName.isValid(name)) {
            throw new IllegalArgumentException("agent name must be DNS-safe, 1 to 63 characters: " + name);
        }
        if (image.isBlank()) {
            throw new IllegalArgumentException("image must not be blank, agent " + name);
        }
        if (replicas < 0) {
            throw new IllegalArgumentException("replicas must be at least 0, agent " + name + ": " + replicas);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be 1 to 65535, agent " + name + ": " + port);
        }
        this.workspace = workspace;
        this.name = name;
        this.description = description;
        this.image = image;
        this.resources = resources;
        this.replicas = replicas;
        this.port = port;
        this.labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        this.environment = Collections.unmodifiableSortedSet(new TreeSet<>(environment));
        this.onUnhealthy = Objects.requireNonNullElse(onUnhealthy, UnhealthyPolicy.INHERIT);
        this.heartbeat = heartbeat;
        this.environmentVersions = Collections.unmodifiableSortedMap(
                new TreeMap<>(environmentVersions == null ? Map.of() : environmentVersions));
    }

    /** An agent whose environment is as it was created. */
    public AgentSpec(
            WorkspaceId workspace,
            String name,
            @Nullable String description,
            String image,
            Resources resources,
            int replicas,
            int port,
            SortedMap<String, String> labels,
            SortedSet<String> environment,
            @Nullable UnhealthyPolicy onUnhealthy,
            @Nullable HeartbeatSource heartbeat) {
        this(
                workspace,
                name,
                description,
                image,
                resources,
                replicas,
                port,
                labels,
                environment,
                onUnhealthy,
                null,
                heartbeat);
    }

    /** Who sends its heartbeats: what was asked for, or else the sidecar for the default image, which cannot, and itself. */
    public HeartbeatSource heartbeatSource() {
        if (heartbeat != null) {
            return heartbeat;
        }
        return image.equals(DEFAULT_IMAGE) ? HeartbeatSource.SIDECAR : HeartbeatSource.AGENT;
    }

    /** The same agent with another number of replicas. */
    public AgentSpec withReplicas(int wanted) {
        return new AgentSpec(
                workspace,
                name,
                description,
                image,
                resources,
                wanted,
                port,
                labels,
                environment,
                onUnhealthy,
                environmentVersions,
                heartbeat);
    }

    /**
     * The same agent after a patch; fields that the patch leaves out stay as they are.
     *
     * @throws IllegalArgumentException when a request of its resources would exceed the limit
     */
    public AgentSpec patched(SpecPatch patch) {
        SortedSet<String> variables = new TreeSet<>(environment);
        variables.addAll(patch.environment().keySet());
        variables.removeIf(variable -> "".equals(patch.environment().get(variable)));
        return new AgentSpec(
                workspace,
                name,
                patch.description() != null ? emptyToNull(patch.description()) : description,
                patch.image() != null ? patch.image() : image,
                patch.resources() != null ? patch.resources().applyTo(resources) : resources,
                replicas,
                port,
                merged(labels, patch.labels()),
                variables,
                patch.onUnhealthy() != null ? patch.onUnhealthy() : onUnhealthy,
                merged(environmentVersions, patch.environment()),
                heartbeat);
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static SortedMap<String, String> merged(SortedMap<String, String> before, SortedMap<String, String> patch) {
        SortedMap<String, String> merged = new TreeMap<>(before);
        merged.putAll(patch);
        merged.values().removeIf(String::isEmpty);
        return merged;
    }
}
