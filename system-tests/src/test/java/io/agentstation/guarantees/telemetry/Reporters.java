package io.agentstation.guarantees.telemetry;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Agents that write heartbeats and metrics straight to the topics; what Kafka acknowledges is in the ledger. */
final class Reporters implements AutoCloseable {

    private static final Duration SLOT = Duration.ofMillis(20);

    private final List<AgentId> agents;
    private final Ledger ledger;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private int sent;

    Reporters(String bootstrapServers, int count, Ledger ledger) {
        this.agents = Stream.generate(() -> AgentId.of(UUID.randomUUID().toString()))
                .limit(count)
                .toList();
        this.ledger = ledger;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    List<AgentId> agents() {
        return agents;
    }

    /** So many reports of each topic at once; returns when all are acknowledged. */
    void burst(int reports) {
        report(reports);
        settle();
    }

    /** So many reports of each topic; returns before they are acknowledged. */
    void report(int reports) {
        for (int i = 0; i < reports; i++) {
            report();
        }
    }

    /** So many reports of each topic a second, until the load is closed. */
    Load load(int perSecond) {
        return new Load(perSecond);
    }

    private synchronized void report() {
        AgentId agent = agents.get(sent % agents.size());
        send(Topic.HEARTBEATS, agent, Wire.write(new Heartbeat(HeartbeatMode.IDLE, sent)));
        send(Topic.METRICS, agent, Wire.write(new MetricsReport(sent % 100, 128, sent, Map.of("queue_depth", 3))));
        sent++;
    }

    private void send(Topic topic, AgentId agent, byte[] value) {
        var unused =
                producer.send(new ProducerRecord<>(topic.topicName(), agent.toString(), value), (metadata, problem) -> {
                    if (problem == null) {
                        ledger.acknowledged(topic, agent, metadata.offset());
                    } else {
                        failure.compareAndSet(null, problem);
                    }
                });
    }

    /** Returns when everything sent is acknowledged. */
    void settle() {
        producer.flush();
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("Kafka did not acknowledge a report", problem);
        }
    }

    /** A thread that reports until it is closed; then everything it sent is acknowledged. */
    final class Load implements AutoCloseable {

        private final AtomicBoolean goesOn = new AtomicBoolean(true);
        private final Thread thread;

        private Load(int perSecond) {
            thread = new Thread(() -> run(perSecond), "load");
            thread.start();
        }

        private void run(int perSecond) {
            long start = System.nanoTime();
            long due;
            long done = 0;
            while (goesOn.get()) {
                due = (System.nanoTime() - start)
                        * perSecond
                        / Duration.ofSeconds(1).toNanos();
                for (; done < due; done++) {
                    report();
                }
                LockSupport.parkNanos(SLOT.toNanos());
            }
        }

        @Override
        public void close() {
            goesOn.set(false);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the load ended", e);
            }
            settle();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
