package io.agentstation.gateway.requests;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.store.names.CommandKeys;
import io.agentstation.store.session.Store;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
class RequestsConfiguration {

    @Bean
    RepeatedRequests repeatedRequests(Store store, StationKey station) {
        return new RepeatedRequests(new CommandKeys(store), station);
    }
}
