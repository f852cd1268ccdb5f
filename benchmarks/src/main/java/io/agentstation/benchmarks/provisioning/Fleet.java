package io.agentstation.benchmarks.provisioning;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Issuer;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Agents that are created without a pod, scaled to one, and deleted; of an image that says nothing by itself. */
final class Fleet {

    static final String IMAGE = "simulate/silent";
    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    private final String prefix;
    private final List<AgentId> agents;

    /** So many, with names of their own. */
    Fleet(String prefix, int size) {
        this.prefix = prefix;
        this.agents = IntStream.range(0, size)
                .mapToObj(i -> new AgentId(IDS.generate()))
                .toList();
    }

    /** Another of one agent, to go before it. */
    Fleet firstOf() {
        return new Fleet("first-of-" + prefix, 1);
    }

    List<AgentId> agents() {
        return agents;
    }

    /** Their names. */
    List<String> names() {
        return IntStream.range(0, agents.size()).mapToObj(i -> prefix + "-" + i).toList();
    }

    /** The same operation for each of them. */
    List<AgentCommand> each(Function<AgentCommand.Meta, AgentCommand> operation) {
        return agents.stream().map(agent -> operation.apply(meta(agent))).toList();
    }

    List<AgentCommand> creates() {
        return IntStream.range(0, agents.size())
                .mapToObj(i -> (AgentCommand) new AgentCommand.Provision(meta(agents.get(i)), spec(i, 0)))
                .toList();
    }

    /** Their desired states, as a provisioner would have them. */
    List<DesiredAgent> rows(int replicas, Phase phase) {
        return IntStream.range(0, agents.size())
                .mapToObj(i -> row(i, replicas, phase))
                .toList();
    }

    private DesiredAgent row(int number, int replicas, Phase phase) {
        AgentCommand create = new AgentCommand.Provision(meta(agents.get(number)), spec(number, replicas));
        return new DesiredAgent(
                0,
                agents.get(number),
                0,
                replicas + 1,
                phase,
                spec(number, replicas),
                create.commandId(),
                create.operation(),
                null,
                0);
    }

    private AgentSpec spec(int number, int replicas) {
        return new AgentSpec(
                WorkspaceId.of("benchmark"),
                prefix + "-" + number,
                null,
                IMAGE,
                Resources.DEFAULT,
                replicas,
                AgentSpec.DEFAULT_PORT,
                new TreeMap<>(),
                new TreeSet<>(),
                UnhealthyPolicy.INHERIT,
                null);
    }

    private static AgentCommand.Meta meta(AgentId agent) {
        return new AgentCommand.Meta(
                agent,
                new CommandId(UUID.randomUUID()),
                new Issuer(Issuer.Kind.USER, "benchmark"),
                Instant.now(),
                null);
    }
}
