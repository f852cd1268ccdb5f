package io.agentstation.gateway.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.agents.CreateForm.Wish;
import io.agentstation.gateway.commands.Commands;
import io.agentstation.gateway.kafka.FakeProducers;
import io.agentstation.gateway.kafka.PublishFailed;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.quota.Quota;
import io.agentstation.store.agents.AgentLists;
import io.agentstation.store.agents.AgentProjections;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.keys.Grant;
import io.agentstation.store.keys.Role;
import io.agentstation.store.keys.Tier;
import io.agentstation.store.names.IdempotencyKeys;
import io.agentstation.store.names.Names;
import io.agentstation.store.secrets.AgentSecrets;
import io.agentstation.store.secrets.SecretSeal;
import io.agentstation.store.session.Store;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What a command that was certainly not sent undoes: all of a first attempt, nothing of one that may be in the log already. */
final class RepeatedCreateIT {

    private final Store store = Station.get().store();
    private final Names names = new Names(store);
    private final AgentSecrets secrets = new AgentSecrets(store, new SecretSeal(Station.key()));
    private final AgentCreation creation = new AgentCreation(
            Station.get().bean(Quota.class),
            names,
            secrets,
            new Commands(FakeProducers.full(Topic.COMMANDS), Clock.systemUTC()),
            new Agents(store),
            new AgentLists(store),
            new AgentProjections(store));
    private final Caller.User user =
            new Caller.User("key", Grant.of(Station.workspace(), Role.MEMBER, Tier.UNLIMITED), UUID.randomUUID());
    private final AgentId agent = creation.freshId();
    private final Wish wish = new Wish(
            new AgentSpec(
                    user.workspace(),
                    Station.name(),
                    null,
                    AgentSpec.DEFAULT_IMAGE,
                    Resources.DEFAULT,
                    1,
                    AgentSpec.DEFAULT_PORT,
                    new TreeMap<>(),
                    new TreeSet<>(Set.of("TOKEN")),
                    UnhealthyPolicy.INHERIT,
                    null),
            new TreeMap<>(Map.of("TOKEN", "secret")));

    @Test
    void aFirstAttemptIsUndone() {
        assertThatThrownBy(() -> creation.create(user, agent, wish)).isInstanceOf(PublishFailed.NotSent.class);

        assertThat(names.owner(wish.spec().name())).isEmpty();
        assertThat(secrets.read(agent)).isEmpty();
    }

    @Test
    void aRepeatLeavesNameAndSecretsToTheAgentThatMayExist() {
        // Given a key that came before
        IdempotentCreation idempotent = new IdempotentCreation(
                new IdempotencyKeys(store), new Agents(store), new LatestReports(store), creation, Station.key());
        ObjectNode body = Wire.mapper().createObjectNode();
        Optional<String> key = Optional.of("key-of-" + wish.spec().name());
        assertThatThrownBy(() -> idempotent.create(user, wish, body, key)).isInstanceOf(PublishFailed.NotSent.class);

        // When
        assertThatThrownBy(() -> idempotent.create(user, wish, body, key)).isInstanceOf(PublishFailed.NotSent.class);

        // Then
        AgentId owner = names.owner(wish.spec().name()).orElseThrow();
        assertThat(secrets.read(owner)).containsEntry("TOKEN", "secret");
    }
}
