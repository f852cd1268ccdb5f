package io.agentstation.guarantees.liveness;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.guarantees.kafka.Log;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Answers every Provision with Applied, as a provisioner with a cluster does. */
final class PlayedProvisioner implements AutoCloseable {

    private final String bootstrapServers;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "played-provisioner");

    PlayedProvisioner(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (Log commands = new Log(bootstrapServers, Topic.COMMANDS.topicName());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            while (stopped.getCount() > 0) {
                commands.poll().forEach(record -> answer(record, producer));
            }
        }
    }

    private static void answer(ConsumerRecord<byte[], byte[]> record, KafkaProducer<byte[], byte[]> producer) {
        if (Wire.read(record.value(), AgentCommand.class) instanceof AgentCommand.Provision provision) {
            Observation applied = new Observation.Applied(
                    provision.agentId(),
                    provision.commandId(),
                    provision.operation(),
                    record.offset(),
                    1,
                    provision.spec());
            var unused = producer.send(
                    new ProducerRecord<>(Topic.OBSERVATIONS.topicName(), record.key(), Wire.write(applied)));
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped.countDown();
        thread.join();
    }
}
