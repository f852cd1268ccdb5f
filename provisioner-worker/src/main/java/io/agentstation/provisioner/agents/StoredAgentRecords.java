package io.agentstation.provisioner.agents;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.DesiredAgents;
import io.agentstation.store.names.Names;
import io.agentstation.store.secrets.AgentSecrets;
import java.util.Map;
import java.util.Optional;

/** The records in Cassandra. */
public record StoredAgentRecords(DesiredAgents desired, Names names, AgentSecrets secrets) implements AgentRecords {

    @Override
    public Optional<DesiredAgent> find(int partition, AgentId agent) {
        return desired.find(partition, agent);
    }

    @Override
    public Optional<DesiredAgent> glance(int partition, AgentId agent) {
        return desired.glance(partition, agent);
    }

    @Override
    public boolean write(Optional<DesiredAgent> read, DesiredAgent next) {
        return read.map(before -> desired.advance(before, next)).orElseGet(() -> desired.insert(next));
    }

    @Override
    public Iterable<DesiredAgent> inPartition(int partition) {
        return desired.inPartition(partition);
    }

    @Override
    public boolean confirmName(DesiredAgent agent) {
        return names.ensure(agent.spec().name(), agent.agentId());
    }

    @Override
    public boolean ownsName(DesiredAgent agent) {
        return names.owner(agent.spec().name()).filter(agent.agentId()::equals).isPresent();
    }

    @Override
    public Map<String, String> environment(DesiredAgent agent) {
        try {
            return secrets.read(
                    agent.agentId(), agent.spec().environment(), agent.spec().environmentVersions());
        } catch (IllegalStateException e) {
            throw new EnvironmentUnreadable(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void release(DesiredAgent agent) {
        names.release(agent.spec().name(), agent.agentId());
        secrets.erase(agent.agentId());
    }
}
