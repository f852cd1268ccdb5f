package io.agentstation.gateway.idempotency;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.store.names.CommandKeys;
import io.agentstation.store.session.Store;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
class IdempotencyConfiguration {

    @Bean
    Tickets tickets(Store store, StationKey key) {
        return new Tickets(new CommandKeys(store), key);
    }

    @Bean
    RepeatedRequests repeatedRequests(Tickets tickets) {
        return new RepeatedRequests(tickets);
    }
}
