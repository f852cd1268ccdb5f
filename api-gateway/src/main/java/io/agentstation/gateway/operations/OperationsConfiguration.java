package io.agentstation.gateway.operations;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.gateway.commands.Commands;
import io.agentstation.gateway.lifecycle.CaughtUpRows;
import io.agentstation.gateway.lifecycle.ReportAdmission;
import io.agentstation.gateway.lifecycle.Waiters;
import io.agentstation.gateway.quota.Quota;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.store.secrets.AgentSecrets;
import io.agentstation.store.secrets.SecretSeal;
import io.agentstation.store.session.Store;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {

    @Bean
    Operations operations(
            Store store,
            Agents agents,
            LifecycleEvents events,
            Commands commands,
            Waiters waiters,
            CaughtUpRows rows,
            ReportAdmission admission,
            StationKey key,
            Quota quota) {
        return new Operations(
                agents,
                events,
                new AgentSecrets(store, new SecretSeal(key)),
                commands,
                waiters,
                rows,
                admission,
                quota);
    }
}
