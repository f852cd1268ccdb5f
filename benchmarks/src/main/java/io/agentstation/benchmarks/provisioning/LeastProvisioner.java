package io.agentstation.benchmarks.provisioning;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.provisioner.cluster.ClusterWatch;
import io.agentstation.provisioner.fold.Decision;
import io.agentstation.provisioner.fold.Fold;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.DesiredAgents;
import io.agentstation.store.desired.Phase;
import io.agentstation.store.session.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What no provisioner of commands can leave out: each is read from the log, its row is written by one compare-and-set, the direct
 * calls are made, and the outcome is appended; and its objects are watched, for without that nothing is known of them after two
 * seconds. No names, no second look at the row after the act, no offsets, no statuses, no retries: it is to be compared with, and
 * would lose agents.
 */
final class LeastProvisioner implements AutoCloseable {

    private static final long FIRST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 5_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> outcomes;
    private final DesiredAgents rows;
    private final DirectCalls calls;
    private final ClusterWatch watch;
    private final ExecutorService acting;
    private final Map<AgentId, DesiredAgent> newest = new ConcurrentHashMap<>();
    private final Thread reader;

    /** Begins at the end of its own log of commands; acts on so many agents at once. */
    LeastProvisioner(
            String bootstrapServers,
            KafkaProducer<byte[], byte[]> outcomes,
            Store store,
            DirectCalls calls,
            ClusterWatch watch,
            int concurrency) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.outcomes = outcomes;
        this.rows = new DesiredAgents(store);
        this.calls = calls;
        this.watch = watch;
        this.acting = Executors.newFixedThreadPool(concurrency);
        List<TopicPartition> all = consumer.partitionsFor(ProvisionerRig.LEAST).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        // Where the end is, is asked now and not at the first poll.
        all.forEach(consumer::position);
        this.reader = new Thread(this::readOn, "least-provisioner");
        reader.start();
        watch.start(new Unheard());
    }

    private void readOn() {
        try {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> received : consumer.poll(Duration.ofMillis(100))) {
                    acting.execute(() -> act(received));
                }
            }
        } catch (WakeupException told) {
            consumer.close();
        }
    }

    private void act(ConsumerRecord<byte[], byte[]> received) {
        AgentCommand command = Wire.read(received.value(), AgentCommand.class);
        Optional<DesiredAgent> before = Optional.ofNullable(newest.get(command.agentId()));
        Decision decision = Fold.next(before, command, received.partition(), received.offset());
        if (!(decision instanceof Decision.Advance advance) || !write(before, advance.next())) {
            throw new IllegalStateException(command + " came to " + decision);
        }
        DesiredAgent row = advance.next();
        newest.put(row.agentId(), row);
        if (row.phase() == Phase.DELETE) {
            remove(row, FIRST_PAUSE_MS);
        } else {
            calls.apply(row);
            tell(
                    row,
                    new Observation.Applied(
                            row.agentId(),
                            row.commandId(),
                            row.operation(),
                            row.appliedOffset(),
                            row.generation(),
                            row.spec()));
        }
    }

    private boolean write(Optional<DesiredAgent> before, DesiredAgent next) {
        return before.map(read -> rows.advance(read, next)).orElseGet(() -> rows.insert(next));
    }

    private void remove(DesiredAgent row, long pauseMs) {
        if (calls.remove(row)) {
            newest.remove(row.agentId());
            tell(row, new Observation.Removed(row.agentId(), row.commandId(), Observation.Cause.DELETED, null));
        } else {
            CompletableFuture.delayedExecutor(pauseMs, TimeUnit.MILLISECONDS, acting)
                    .execute(() -> remove(row, Math.min(LONGEST_PAUSE_MS, pauseMs * 3 / 2)));
        }
    }

    private void tell(DesiredAgent row, Observation outcome) {
        var unused = outcomes.send(new ProducerRecord<>(
                Topic.OBSERVATIONS.topicName(),
                row.agentId().toString().getBytes(StandardCharsets.UTF_8),
                Wire.write(outcome)));
    }

    @Override
    public void close() {
        consumer.wakeup();
        acting.shutdownNow();
        watch.close();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
