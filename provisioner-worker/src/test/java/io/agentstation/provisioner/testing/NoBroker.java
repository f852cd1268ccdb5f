package io.agentstation.provisioner.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** A template whose broker is away: what it sends has failed when it returns, by an exception of the template's own. */
public final class NoBroker implements AutoCloseable {

    private final DefaultKafkaProducerFactory<String, byte[]> producers;

    /** At an address where nobody listens. */
    public NoBroker() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            producers = new DefaultKafkaProducerFactory<>(
                    Map.of("bootstrap.servers", "127.0.0.1:" + taken.getLocalPort(), "max.block.ms", 50),
                    new StringSerializer(),
                    new ByteArraySerializer());
        }
    }

    public KafkaTemplate<String, byte[]> template() {
        return new KafkaTemplate<>(producers);
    }

    @Override
    public void close() {
        producers.destroy();
    }
}
