package io.agentstation.gateway.clusters;

import io.agentstation.contracts.clusters.ClusterReport;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.gateway.kafka.CompactedTail;
import java.time.Clock;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
class ClustersConfiguration {

    @Bean
    CompactedTail<ClusterReport> clusterReports(KafkaProperties kafka) {
        return new CompactedTail<>(Topic.CLUSTERS, ClusterReport.class, kafka.buildConsumerProperties());
    }

    @Bean
    Clusters clusters(CompactedTail<ClusterReport> reports, Clock clock) {
        return new Clusters(reports, clock);
    }
}
