package io.agentstation.gateway.fleet;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.gateway.kafka.CompactedTail;
import io.agentstation.gateway.kafka.StationTopics;
import io.agentstation.gateway.keys.Caller;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/fleet}: the sum of what each partition says of the caller's workspace. */
@RestController
final class FleetController {

    private final CompactedTail<FleetCounts> counts;
    private final int partitions;

    FleetController(CompactedTail<FleetCounts> counts, StationTopics topics) {
        this.counts = counts;
        this.partitions = topics.partitionCount();
    }

    @GetMapping("/api/fleet")
    Fleet fleet(@RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        return Fleet.sum(of(caller.user().workspace()));
    }

    private List<FleetCounts> of(WorkspaceId workspace) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> counts.newest(FleetCounts.key(workspace, partition)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The beans of this package. */
    @Configuration(proxyBeanMethods = false)
    static class FleetConfiguration {

        @Bean
        CompactedTail<FleetCounts> fleetCounts(KafkaProperties kafka) {
            return new CompactedTail<>(Topic.FLEET, FleetCounts.class, kafka.buildConsumerProperties());
        }
    }
}
