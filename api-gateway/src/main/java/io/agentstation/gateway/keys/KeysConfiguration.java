package io.agentstation.gateway.keys;

import com.github.benmanes.caffeine.cache.Ticker;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.store.keys.ApiKeys;
import io.agentstation.store.session.Store;
import io.agentstation.store.workspaces.Workspaces;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The beans of this package that are not components themselves, and the check of permissions before every controller. */
@Configuration(proxyBeanMethods = false)
class KeysConfiguration {

    @Bean
    ApiKeys apiKeys(Store store) {
        return new ApiKeys(store);
    }

    @Bean
    KeyRing keyRing(StationKey station, ApiKeys keys, Clock clock) {
        return new KeyRing(station, keys::find, clock, Ticker.systemTicker());
    }

    @Bean
    Workspaces workspaces(Store store) {
        return new Workspaces(store);
    }

    @Bean
    IssuedKeys issuedKeys(ApiKeys keys, Workspaces workspaces, StationKey station, KeyRing ring, Clock clock) {
        return new IssuedKeys(keys, workspaces, new ApiKeyMint(station, clock), ring, clock);
    }

    @Bean
    WebMvcConfigurer permissionsFirst(PermissionCheck check) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(check);
            }
        };
    }
}
