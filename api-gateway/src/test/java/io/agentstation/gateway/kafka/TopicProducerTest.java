package io.agentstation.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.gateway.kafka.PublishFailed.NotSent;
import io.agentstation.gateway.kafka.PublishFailed.Unconfirmed;
import io.agentstation.store.session.Deadline;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

final class TopicProducerTest {

    private static final AgentId AGENT = new AgentId(new UUID(1, 2));

    private final MockProducer<byte[], byte[]> kafka = FakeProducers.waiting(Topic.COMMANDS);
    private final AtomicLong nanoTime = new AtomicLong();
    private final TopicProducer producer =
            new TopicProducer(Topic.COMMANDS, kafka, FakeProducers.limits(2), nanoTime::get);

    private CompletableFuture<RecordMetadata> send() {
        return producer.send(AGENT, new byte[] {1});
    }

    private static Throwable failure(CompletableFuture<RecordMetadata> sent) {
        Throwable thrown = sent.handle((done, failure) -> failure).join();
        return thrown.getCause() == null || thrown instanceof PublishFailed ? thrown : thrown.getCause();
    }

    @Test
    void aSendEndsWithItsAcknowledgement() {
        // Given
        CompletableFuture<RecordMetadata> sent = send();
        assertThat(sent).isNotDone();

        // When
        kafka.completeNext();

        // Then
        assertThat(sent).isCompleted();
    }

    @Test
    void anAnswerThatIsLostIsUnconfirmed() throws InterruptedException {
        // Given
        CompletableFuture<RecordMetadata> sent = send();

        // When the failure comes from the producer's own thread
        Thread sender = new Thread(() -> kafka.errorNext(new TimeoutException("expired")));
        sender.start();
        sender.join();

        // Then
        assertThat(failure(sent)).isInstanceOf(Unconfirmed.class);
    }

    @Test
    void aRefusalBeforeSendingIsDefinite() {
        // Given
        kafka.sendException = new TimeoutException("no metadata");

        // Then
        assertThat(failure(send())).isInstanceOf(NotSent.class);
    }

    @Test
    void afterOneThatFoundNoBrokerOthersDoNotWaitForTheSame() {
        // Given
        kafka.sendException = new TimeoutException("no metadata");
        assertThat(failure(send())).hasMessageContaining("no metadata");
        kafka.sendException = null;

        // When
        CompletableFuture<RecordMetadata> soon = send();
        nanoTime.addAndGet(Duration.ofMillis(250).toNanos());
        CompletableFuture<RecordMetadata> later = send();

        // Then
        assertThat(failure(soon)).isInstanceOf(NotSent.class).hasMessageContaining("a moment ago");
        assertThat(later).isNotDone();
    }

    @Test
    void aClosedProducerSendsNothing() {
        // Given
        producer.close();

        // Then
        assertThat(failure(send())).isInstanceOf(NotSent.class);
    }

    @Test
    void tooManyInFlightAreRefusedAtOnceAndAcknowledgementsMakeRoom() {
        // Given
        CompletableFuture<RecordMetadata> first = send();
        CompletableFuture<RecordMetadata> second = send();

        // When
        CompletableFuture<RecordMetadata> third = send();
        kafka.completeNext();
        CompletableFuture<RecordMetadata> fourth = send();

        // Then
        assertThat(failure(third)).isInstanceOf(NotSent.class).hasMessageContaining("in flight");
        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        assertThat(fourth).isNotDone();
    }

    @Test
    void aRequestWithLittleTimeLeftDoesNotWaitForTheWholeDelivery() {
        // Given
        Deadline soon = Deadline.in(Duration.ofMillis(20), System::nanoTime);

        // When
        CompletableFuture<RecordMetadata> sent;
        try (Deadline.Scope request = soon.enter()) {
            sent = send();
        }

        // Then it may still come into the log
        assertThat(failure(sent)).isInstanceOf(Unconfirmed.class);
        assertThat(kafka.history()).hasSize(1);
    }

    @Test
    void aRequestWhoseTimeIsOverSendsNothing() {
        try (Deadline.Scope request =
                Deadline.in(Duration.ZERO, System::nanoTime).enter()) {
            assertThat(failure(send())).isInstanceOf(NotSent.class);
        }

        assertThat(kafka.history()).isEmpty();
    }

    @Test
    void tailsReadOnlyWhatIsCommitted() {
        assertThat(TopicTail.configuration(java.util.Map.of("group.id", "g"), TopicTail.From.END))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false)
                .doesNotContainKey("group.id");
    }
}
