package io.agentstation.gateway.audit;

import io.agentstation.store.audit.AuditLog;
import io.agentstation.store.session.Store;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this package that are not components themselves. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    @Bean
    AuditLog auditLog(Store store) {
        return new AuditLog(store);
    }

    @Bean
    AuditTrail auditTrail(AuditLog log) {
        return new AuditTrail(log);
    }
}
