package io.agentstation.provisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.observations.Observation.Applied;
import io.agentstation.contracts.observations.Observation.Removed;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.provisioner.testing.TestStation;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.DesiredAgents;
import io.agentstation.store.names.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Offsets that are lost, or a group of another name: everything is read again from offset 0. */
class RedeliveryIT {

    @Test
    void theWholeTopicReadAgainChangesNothingAndResurrectsNothing(@TempDir Path directory) throws IOException {
        try (TestStation station = new TestStation(directory)) {
            DesiredAgents desired = new DesiredAgents(station.store);
            AgentCommand living = Samples.provision(Samples.fresh(), "living");
            AgentCommand scaled = Samples.scale(living.agentId(), 0);
            AgentCommand restarted = Samples.restart(living.agentId());
            AgentCommand dead = Samples.provision(Samples.fresh(), "dead");
            AgentCommand deleted = Samples.deprovision(dead.agentId());
            List<AgentCommand> all = List.of(living, dead, scaled, deleted, restarted);
            var first = station.startWorker(Map.of());
            all.forEach(station::send);
            station.await(restarted, Applied.class);
            station.await(deleted, Removed.class);
            first.close();
            List<DesiredAgent> rows = rows(desired);
            List<String> objects = versions(station.objectsOf(living.agentId()));

            station.startWorker(Map.of("spring.kafka.consumer.group-id", "another-group"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> all.stream()
                            .allMatch(command ->
                                    station.outcomes(command.commandId()).size() >= 2));

            assertThat(rows(desired)).containsExactlyInAnyOrderElementsOf(rows);
            assertThat(versions(station.objectsOf(living.agentId()))).containsExactlyInAnyOrderElementsOf(objects);
            assertThat(station.objectsOf(dead.agentId())).isEmpty();
            assertThat(new Names(station.store).owner("dead")).isEmpty();
            assertThat(station.outcomes(deleted.commandId())).allMatch(Removed.class::isInstance);
            assertThat(station.outcomes(restarted.commandId())).allMatch(Applied.class::isInstance);
        }
    }

    private static List<DesiredAgent> rows(DesiredAgents desired) {
        List<DesiredAgent> rows = new ArrayList<>();
        IntStream.range(0, TestStation.PARTITIONS)
                .forEach(partition -> desired.inPartition(partition).forEach(rows::add));
        return rows;
    }

    private static List<String> versions(List<HasMetadata> objects) {
        return objects.stream()
                .map(object -> object.getKind() + " " + object.getMetadata().getName() + " "
                        + object.getMetadata().getResourceVersion())
                .toList();
    }
}
