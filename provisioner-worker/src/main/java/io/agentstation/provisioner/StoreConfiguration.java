package io.agentstation.provisioner;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.provisioner.agents.RememberedRecords;
import io.agentstation.provisioner.agents.StoredAgentRecords;
import io.agentstation.store.desired.DesiredAgents;
import io.agentstation.store.names.Names;
import io.agentstation.store.schema.SchemaMigrations;
import io.agentstation.store.secrets.AgentSecrets;
import io.agentstation.store.secrets.SecretSeal;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The store, brought to this version's schema. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    StationKey stationKey(StationSettings station) {
        return station.readKey();
    }

    @Bean
    Store store(Environment environment) {
        StoreSettings settings = Binder.get(environment).bindOrCreate("station.store", StoreSettings.class);
        SchemaMigrations.apply(settings);
        return StoreSession.open(settings);
    }

    @Bean
    RememberedRecords agentRecords(Store store, StationKey key) {
        return new RememberedRecords(new StoredAgentRecords(
                new DesiredAgents(store), new Names(store), new AgentSecrets(store, new SecretSeal(key))));
    }
}
