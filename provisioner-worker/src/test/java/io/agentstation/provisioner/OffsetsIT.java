package io.agentstation.provisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.observations.Observation.Applied;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.provisioner.testing.FaultyApi;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.provisioner.testing.TestStation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is committed, when commands of one partition end in another order than they came. */
class OffsetsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Red when the listener acknowledges a record before its outcome is published. */
    @Test
    void noOffsetIsCommittedBeforeItsOutcomeAndThoseBeforeItArePublished(@TempDir Path directory) throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        try (TestStation station = new TestStation(directory);
                Admin admin = Admin.create(Map.of("bootstrap.servers", station.bootstrapServers()))) {
            station.startFaultyApi().follow(request -> hold(request, release));
            // One consumer, which commits what it has of all partitions at once.
            var first = station.startWorker(Map.of("station.provisioner.concurrency", "1"));
            AgentCommand slow = Samples.provision(of(0), "slow-one");
            List<AgentCommand> behind = IntStream.range(0, 3)
                    .mapToObj(i -> Samples.provision(of(0), "behind-" + i))
                    .toList();
            AgentCommand elsewhere = Samples.provision(of(1), "elsewhere");
            station.send(slow);
            behind.forEach(station::send);
            behind.forEach(command -> station.await(command, Applied.class));
            station.send(elsewhere);
            station.await(elsewhere, Applied.class);
            await().atMost(PATIENCE).until(() -> committed(admin, 1) == 1);

            long whileHeld = committed(admin, 0);

            // The client's own time-out ends the call at last, which is an outcome: a machine so slow proves nothing.
            assertThat(whileHeld == 0 || !station.outcomes(slow.commandId()).isEmpty())
                    .as("committed %d without the first outcome", whileHeld)
                    .isTrue();
            first.close();
            release.countDown();
            station.startWorker(Map.of());
            station.await(slow, Applied.class);
            await().atMost(PATIENCE).until(() -> committed(admin, 0) == 4);
            assertThat(behind)
                    .allSatisfy(command -> assertThat(station.outcomes(command.commandId()))
                            .as("told again, for it was not committed")
                            .hasSizeGreaterThan(whileHeld == 0 ? 1 : 0));
        }
    }

    private static FaultyApi.Fate hold(FaultyApi.Request request, CountDownLatch release) {
        if (request.path().contains("slow-one")) {
            try {
                var unused = release.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return FaultyApi.Fate.PASS;
    }

    private static AgentId of(int partition) {
        return Stream.generate(Samples::fresh)
                .filter(agent -> Partitions.of(agent, TestStation.PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }

    private static long committed(Admin admin, int partition) {
        try {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets("provisioner-worker")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(Topic.COMMANDS.topicName(), partition));
            return offset == null ? 0 : offset.offset();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("the broker does not say what is committed", e);
        }
    }
}
