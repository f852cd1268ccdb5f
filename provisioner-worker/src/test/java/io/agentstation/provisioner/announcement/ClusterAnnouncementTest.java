package io.agentstation.provisioner.announcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.agentstation.contracts.clusters.ClusterReport;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.provisioner.testing.MovableClock;
import io.agentstation.provisioner.testing.NoBroker;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.mock.MockProducerFactory;

class ClusterAnnouncementTest {

    private static final URI HERE = URI.create("http://127.0.0.1:1");

    // The template closes each after a record.
    private final List<MockProducer<String, byte[]>> producers = new ArrayList<>();
    private final MovableClock clock = new MovableClock();
    private final AtomicBoolean answers = new AtomicBoolean();
    private final ClusterAnnouncement announcement = new ClusterAnnouncement(
            new KafkaTemplate<>(new MockProducerFactory<>(this::newProducer)),
            "agents",
            HERE,
            Optional::empty,
            clock,
            answers::get);

    /** Its report would be the newest, and gateways would ask it. */
    @Test
    void aProvisionerThatHasNotSeenTheClusterYetSaysNothing() {
        announcement.announce();
        assertThat(reports()).isEmpty();

        answers.set(true);
        announcement.announce();

        assertThat(reports())
                .singleElement()
                .satisfies(report -> assertThat(report.inspection()).isEqualTo(HERE));
    }

    @Test
    void whatHasNotChangedIsSaidAgainEveryFiveSeconds() {
        answers.set(true);
        announcement.announce();
        clock.pass(Duration.ofMillis(4_999));
        announcement.announce();
        assertThat(reports()).hasSize(1);

        clock.pass(Duration.ofMillis(1));
        announcement.announce();

        assertThat(reports()).hasSize(2);
    }

    /** An exception would end all further announcements. */
    @Test
    void aBrokerThatIsAwayIsNoException() throws Exception {
        try (NoBroker away = new NoBroker()) {
            ClusterAnnouncement unheard =
                    new ClusterAnnouncement(away.template(), "agents", HERE, Optional::empty, clock, () -> true);

            assertThatCode(unheard::announce).doesNotThrowAnyException();
        }
    }

    private MockProducer<String, byte[]> newProducer() {
        MockProducer<String, byte[]> producer =
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
        producers.add(producer);
        return producer;
    }

    private List<ClusterReport> reports() {
        return producers.stream()
                .flatMap(producer -> producer.history().stream())
                .map(sent -> Wire.read(sent.value(), ClusterReport.class))
                .toList();
    }
}
