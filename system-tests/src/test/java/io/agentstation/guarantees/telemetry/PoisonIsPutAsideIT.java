package io.agentstation.guarantees.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.guarantees.kafka.Log;
import io.agentstation.guarantees.processes.ServiceProcess;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.support.KafkaHeaders;

/** I12: poison among the reports stops nobody, and the dead-letter topics hold exactly the poison. */
class PoisonIsPutAsideIT {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int AGENTS = 200;

    // What the processes printed is kept when a test fails.
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Faults faults = Faults.ofThisRun();
    private final Ledger ledger = new Ledger();

    @Test
    void everyReportIsARowAndNothingButThePoisonIsADeadLetter() throws Exception {
        try (TelemetryRig rig = TelemetryRig.start(directory);
                Reporters reporters = new Reporters(rig.bootstrapServers(), AGENTS, ledger);
                Poison poison = new Poison(rig.bootstrapServers(), reporters.agents())) {
            // Given poison spread evenly among the reports
            int portions = faults.poison();
            for (int portion = 0; portion < portions; portion++) {
                reporters.report(faults.records() / portions - 1);
                poison.add(Topic.HEARTBEATS);
                poison.add(Topic.METRICS);
            }
            reporters.settle();
            poison.settle();

            // When
            ServiceProcess writer = rig.startWriter();
            Poison.TOPICS.forEach(topic -> rig.awaitRead(writer, "telemetry", topic, PATIENCE));

            // Then
            for (Topic topic : Poison.TOPICS) {
                assertThat(deadLetters(rig, topic)).containsExactlyInAnyOrderElementsOf(poison.of(topic));
            }
            try (StoredReports stored = new StoredReports(rig.store())) {
                Poison.TOPICS.forEach(topic -> stored.requireExactly(ledger, topic));
            }
            System.out.printf(
                    "telemetry poison: %d and %d records put aside, %d heartbeats and %d metrics are rows%n",
                    poison.of(Topic.HEARTBEATS).size(),
                    poison.of(Topic.METRICS).size(),
                    ledger.count(Topic.HEARTBEATS),
                    ledger.count(Topic.METRICS));
        }
    }

    private static List<Poison.Place> deadLetters(TelemetryRig rig, Topic topic) {
        try (Log log = new Log(rig.bootstrapServers(), topic.deadLetterName())) {
            return log.next().stream().map(PoisonIsPutAsideIT::origin).toList();
        }
    }

    private static Poison.Place origin(ConsumerRecord<byte[], byte[]> letter) {
        String topic =
                new String(header(letter, KafkaHeaders.DLT_ORIGINAL_TOPIC), java.nio.charset.StandardCharsets.UTF_8);
        int partition = ByteBuffer.wrap(header(letter, KafkaHeaders.DLT_ORIGINAL_PARTITION))
                .getInt();
        long offset = ByteBuffer.wrap(header(letter, KafkaHeaders.DLT_ORIGINAL_OFFSET))
                .getLong();
        return new Poison.Place(new TopicPartition(topic, partition), offset);
    }

    private static byte[] header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return letter.headers().lastHeader(name).value();
    }
}
