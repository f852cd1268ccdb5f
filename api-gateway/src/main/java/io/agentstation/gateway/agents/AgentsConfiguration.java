package io.agentstation.gateway.agents;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.commands.Commands;
import io.agentstation.gateway.lifecycle.CaughtUpRows;
import io.agentstation.gateway.lifecycle.ReportAdmission;
import io.agentstation.gateway.lifecycle.Waiters;
import io.agentstation.gateway.quota.Quota;
import io.agentstation.store.agents.AgentLists;
import io.agentstation.store.agents.AgentProjections;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.store.names.IdempotencyKeys;
import io.agentstation.store.names.Names;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.secrets.AgentSecrets;
import io.agentstation.store.secrets.SecretSeal;
import io.agentstation.store.session.Store;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
class AgentsConfiguration {

    @Bean
    IdempotentCreation creation(
            Store store, Agents agents, LatestReports latest, Commands commands, StationKey key, Quota quota) {
        AgentCreation creation = new AgentCreation(
                quota,
                new Names(store),
                new AgentSecrets(store, new SecretSeal(key)),
                commands,
                agents,
                new AgentLists(store),
                new AgentProjections(store));
        return new IdempotentCreation(new IdempotencyKeys(store), agents, latest, creation, key);
    }

    @Bean
    AgentListing listing(Store store, Agents agents, LatestReports latest) {
        return new AgentListing(new AgentLists(store), agents, latest);
    }

    @Bean
    AgentDetails details(
            Agents agents,
            LatestReports latest,
            Heartbeats heartbeats,
            Metrics metrics,
            LifecycleEvents events,
            GatewaySettings settings,
            Clock clock) {
        return new AgentDetails(agents, latest, heartbeats, metrics, events, settings, clock);
    }

    @Bean
    AwaitedState awaitedState(Agents agents, Waiters waiters, CaughtUpRows rows) {
        return new AwaitedState(agents, waiters, rows);
    }

    @Bean
    AgentRemoval removal(
            Agents agents, Commands commands, Waiters waiters, CaughtUpRows rows, ReportAdmission admission) {
        return new AgentRemoval(agents, commands, waiters, rows, admission);
    }
}
