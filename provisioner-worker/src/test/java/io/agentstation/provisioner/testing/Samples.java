package io.agentstation.provisioner.testing;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.agents.ResourcesPatch;
import io.agentstation.contracts.agents.SpecPatch;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.AgentCommand.Meta;
import io.agentstation.contracts.commands.Issuer;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Agents and commands of the tests. */
public final class Samples {

    /** An agent. */
    public static final AgentId AGENT = AgentId.of("019ab000-0000-7000-8000-000000000001");

    private Samples() {}

    /** Another agent each time. */
    public static AgentId fresh() {
        return new AgentId(UUID.randomUUID());
    }

    /** What an agent asks for that asks for nothing. */
    public static AgentSpec spec(String name) {
        return new AgentSpec(
                WorkspaceId.of("default"),
                name,
                null,
                AgentSpec.DEFAULT_IMAGE,
                Resources.DEFAULT,
                1,
                AgentSpec.DEFAULT_PORT,
                Collections.emptySortedMap(),
                Collections.emptySortedSet(),
                UnhealthyPolicy.INHERIT,
                null);
    }

    /** The same with variables. */
    public static AgentSpec withEnvironment(AgentSpec spec, String... names) {
        return new AgentSpec(
                spec.workspace(),
                spec.name(),
                spec.description(),
                spec.image(),
                spec.resources(),
                spec.replicas(),
                spec.port(),
                spec.labels(),
                new TreeSet<>(java.util.List.of(names)),
                spec.onUnhealthy(),
                spec.heartbeat());
    }

    public static AgentCommand provision(AgentId agent, String name) {
        return new AgentCommand.Provision(meta(agent), spec(name));
    }

    public static AgentCommand provision(AgentId agent, AgentSpec spec) {
        return new AgentCommand.Provision(meta(agent), spec);
    }

    public static AgentCommand image(AgentId agent, String image) {
        return new AgentCommand.Update(meta(agent), new SpecPatch(null, image, null, new TreeMap<>(), null));
    }

    public static AgentCommand resources(AgentId agent, @Nullable String cpuRequest, @Nullable String cpuLimit) {
        ResourcesPatch patch = new ResourcesPatch(cpuRequest, null, cpuLimit, null);
        return new AgentCommand.Update(meta(agent), new SpecPatch(null, null, patch, null, null));
    }

    /** An update of variables, each with its new version; empty removes it. */
    public static AgentCommand environment(AgentId agent, Map<String, String> versions) {
        return new AgentCommand.Update(
                meta(agent), new SpecPatch(null, null, null, null, null, new TreeMap<>(versions)));
    }

    public static AgentCommand policy(AgentId agent, UnhealthyPolicy policy) {
        return new AgentCommand.Update(meta(agent), SpecPatch.onUnhealthy(policy));
    }

    public static AgentCommand scale(AgentId agent, int replicas) {
        return new AgentCommand.Scale(meta(agent), replicas);
    }

    public static AgentCommand restart(AgentId agent) {
        return new AgentCommand.Restart(meta(agent));
    }

    public static AgentCommand drain(AgentId agent) {
        return new AgentCommand.Drain(meta(agent), 120);
    }

    public static AgentCommand resume(AgentId agent) {
        return new AgentCommand.Resume(meta(agent));
    }

    public static AgentCommand deprovision(AgentId agent) {
        return new AgentCommand.Deprovision(meta(agent));
    }

    public static AgentCommand kill(AgentId agent) {
        return new AgentCommand.Kill(meta(agent));
    }

    private static Meta meta(AgentId agent) {
        return new Meta(
                agent,
                new CommandId(UUID.randomUUID()),
                new Issuer(Issuer.Kind.USER, "tester"),
                Instant.parse("2026-01-01T00:00:00Z"),
                null);
    }
}
