package io.agentstation.benchmarks.liveness;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Issuer;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.NamedUuid;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** The agents by number, and the messages that bring each to life. */
final class Fleet {

    private static final WorkspaceId WORKSPACE = WorkspaceId.of("acme");
    private static final Issuer USER = new Issuer(Issuer.Kind.USER, "11111111-1111-4111-8111-111111111111");
    private static final long FIRST_MS = 1_700_000_000_000L;
    // Weyl's increment: the low bits of consecutive agents have nothing in common, as those of real ids.
    private static final long SCATTER = 0x9e3779b97f4a7c15L;
    // A prime that divides no round number, so that every agent comes once before any comes again.
    private static final long STRIDE = 7_368_787;

    private final byte[][] keys;

    Fleet(int size) {
        keys = new byte[size][];
        for (int number = 0; number < size; number++) {
            keys[number] = id(number).toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** An id of version 7, as the gateway gives: a clock above, chance below. */
    static AgentId id(int number) {
        long scattered = (number + 1) * SCATTER;
        long high = (FIRST_MS + number) << 16 | 0x7000 | (scattered & 0xfff);
        return new AgentId(new UUID(high, 1L << 63 | scattered >>> 2));
    }

    int size() {
        return keys.length;
    }

    /** The Kafka key of an agent. */
    byte[] key(int number) {
        return keys[number];
    }

    /** Whose turn it is: all once in an order without pattern, then all again in the same. */
    int turn(long heartbeat) {
        return (int) (heartbeat * STRIDE % keys.length);
    }

    AgentCommand provision(int number) {
        AgentId agent = id(number);
        return new AgentCommand.Provision(
                new AgentCommand.Meta(agent, command(agent), USER, Instant.EPOCH, null), spec(number));
    }

    Observation applied(int number) {
        AgentId agent = id(number);
        return new Observation.Applied(agent, command(agent), Operation.PROVISION, 1, 1, spec(number));
    }

    private static CommandId command(AgentId agent) {
        return new CommandId(NamedUuid.of(agent.value(), "provision"));
    }

    private static AgentSpec spec(int number) {
        return new AgentSpec(
                WORKSPACE,
                "agent-" + number,
                null,
                AgentSpec.DEFAULT_IMAGE,
                Resources.DEFAULT,
                1,
                AgentSpec.DEFAULT_PORT,
                new TreeMap<>(),
                new TreeSet<>(),
                UnhealthyPolicy.INHERIT,
                null);
    }
}
