package io.agentstation.gateway.lifecycle;

import io.agentstation.store.agents.Agents;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
class LifecycleConfiguration {

    @Bean
    AgentStandings agentStandings(Agents agents) {
        return new AgentStandings(agents::findAsync);
    }

    @Bean
    Waiters waiters() {
        return new Waiters();
    }

    @Bean
    LifecycleReader lifecycleReader(KafkaProperties kafka, AgentStandings standings, Waiters waiters) {
        return new LifecycleReader(kafka.buildConsumerProperties(), standings, waiters);
    }

    @Bean
    ReportAdmission reportAdmission(AgentStandings standings) {
        return new ReportAdmission(standings, System::nanoTime);
    }

    @Bean
    CaughtUpRows caughtUpRows(Agents agents) {
        return new CaughtUpRows(agents::findAsync, System::nanoTime);
    }
}
