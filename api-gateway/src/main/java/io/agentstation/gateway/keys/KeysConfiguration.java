package io.agentstation.gateway.keys;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.store.keys.ApiKeys;
import io.agentstation.store.session.Store;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this package that are not components themselves. */
@Configuration(proxyBeanMethods = false)
class KeysConfiguration {

    @Bean
    KeyRing keyRing(StationKey station, Store store, Clock clock) {
        return new KeyRing(station, new ApiKeys(store), clock);
    }
}
