package io.agentstation.liveness.detection;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.agents.SpecPatch;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Issuer;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.NamedUuid;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.observations.Observation.Cause;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import java.time.Instant;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The messages of one agent's life, for tests. Command ids follow from their label. */
public record Story(AgentId agent, String name) {

    public static final String USER = "11111111-1111-4111-8111-111111111111";
    public static final WorkspaceId WORKSPACE = WorkspaceId.of("acme");

    public static Story of(int number) {
        return new Story(AgentId.of("0190a5c0-0000-7000-8000-%012x".formatted(number)), "agent-" + number);
    }

    public CommandId id(String label) {
        return new CommandId(NamedUuid.of(agent.value(), label));
    }

    public AgentCommand.Provision provision() {
        return new AgentCommand.Provision(meta("provision", null), spec(1));
    }

    public AgentCommand update(String label) {
        return new AgentCommand.Update(meta(label, null), new SpecPatch("new", null, null, null, null));
    }

    /** A change of the agent's own policy. */
    public AgentCommand policy(String label, UnhealthyPolicy policy) {
        return new AgentCommand.Update(meta(label, null), new SpecPatch(null, null, null, null, policy));
    }

    public AgentCommand scale(String label, int replicas) {
        return new AgentCommand.Scale(meta(label, null), replicas);
    }

    public AgentCommand restart() {
        return new AgentCommand.Restart(meta("restart", null));
    }

    public AgentCommand drain(long seconds) {
        return new AgentCommand.Drain(meta("drain", null), seconds);
    }

    public AgentCommand resume() {
        return new AgentCommand.Resume(meta("resume", null));
    }

    public AgentCommand deprovision() {
        return new AgentCommand.Deprovision(meta("deprovision", null));
    }

    /** The agent says that it has drained. */
    public AgentCommand drained() {
        return AgentCommand.Deprovision.afterDrain(meta("drained", "drained"));
    }

    public AgentCommand kill() {
        AgentCommand.Meta byPolicy = new AgentCommand.Meta(
                agent,
                id("kill"),
                new Issuer(Issuer.Kind.STATION, "on_unhealthy"),
                Instant.EPOCH,
                "silent for too long");
        return new AgentCommand.Kill(byPolicy);
    }

    public Observation applied() {
        return applied("provision", Operation.PROVISION, 1);
    }

    public Observation applied(String label, Operation operation, int replicas) {
        return new Observation.Applied(agent, id(label), operation, 1, 1, spec(replicas));
    }

    public Observation applied(CommandId command, Operation operation) {
        return new Observation.Applied(agent, command, operation, 1, 1, spec(1));
    }

    public Observation removed(CommandId command, Cause cause) {
        return new Observation.Removed(agent, command, cause, null);
    }

    public Observation noChange(String label, Operation operation) {
        return new Observation.NoChange(agent, id(label), operation, "already so");
    }

    public Observation rejected(String label, Operation operation) {
        return new Observation.Rejected(agent, id(label), operation, "it is being deleted");
    }

    public Observation failed(String label, Operation operation, String reason) {
        return new Observation.Failed(agent, id(label), operation, reason, true);
    }

    public Observation removed(String label, Cause cause) {
        return new Observation.Removed(agent, id(label), cause, null);
    }

    public Observation completed(long atMs) {
        return new Observation.Completed(agent, Instant.ofEpochMilli(atMs));
    }

    public Observation statusChanged() {
        return new Observation.StatusChanged(agent, null, null, null);
    }

    public static Heartbeat heartbeat(HeartbeatMode mode) {
        return new Heartbeat(mode, 1.5);
    }

    private AgentSpec spec(int replicas) {
        return new AgentSpec(
                WORKSPACE,
                name,
                null,
                AgentSpec.DEFAULT_IMAGE,
                Resources.DEFAULT,
                replicas,
                AgentSpec.DEFAULT_PORT,
                new TreeMap<>(),
                new TreeSet<>(),
                UnhealthyPolicy.INHERIT,
                null);
    }

    private AgentCommand.Meta meta(String label, @Nullable String reason) {
        return new AgentCommand.Meta(agent, id(label), new Issuer(Issuer.Kind.USER, USER), Instant.EPOCH, reason);
    }
}
