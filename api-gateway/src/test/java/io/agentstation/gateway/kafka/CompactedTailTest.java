package io.agentstation.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.policies.UnhealthyPolicy.Action;
import io.agentstation.contracts.policies.WorkspacePolicies;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.MalformedMessage;
import io.agentstation.contracts.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CompactedTailTest {

    private static final String KEY = "acme";
    private static final Duration LONG = Duration.ofMinutes(1);

    private final CompactedTail<WorkspacePolicies> tail =
            new CompactedTail<>(Topic.POLICIES, WorkspacePolicies.class, Map.of());

    private static WorkspacePolicies after(int intervals) {
        return new WorkspacePolicies(WorkspaceId.of(KEY), new UnhealthyPolicy(Action.RESTART, intervals));
    }

    private void read(int partition, long offset, byte @Nullable [] value) {
        tail.read(new ConsumerRecord<>(
                Topic.POLICIES.topicName(), partition, offset, KEY.getBytes(StandardCharsets.UTF_8), value));
    }

    private void read(int partition, long offset, int intervals) {
        read(partition, offset, Wire.write(after(intervals)));
    }

    private CompletableFuture<Boolean> hasRead(int partition, long offset, Duration within) {
        TopicPartition place = new TopicPartition(Topic.POLICIES.topicName(), partition);
        return tail.hasRead(new RecordMetadata(place, offset, 0, 0, 0, 0), within);
    }

    @Test
    void theNewestOfAKeyIsKnownUntilItIsTakenBack() {
        assertThat(tail.newest(KEY)).isEmpty();

        read(0, 0, 1);
        read(0, 1, 2);
        assertThat(tail.newest(KEY)).contains(after(2));

        read(0, 2, (byte[]) null);
        assertThat(tail.newest(KEY)).isEmpty();
    }

    @Test
    void readingTheTopicAgainFromItsBeginningTakesNothingBack() {
        // Given
        read(0, 0, 1);
        read(0, 1, 2);

        // When
        read(0, 0, 1);

        // Then
        assertThat(tail.newest(KEY)).contains(after(2));
    }

    @Test
    void whoeverWaitsIsToldWhenTheRecordIsKnown() {
        // Given
        CompletableFuture<Boolean> waiting = hasRead(1, 5, LONG);

        // When
        read(0, 7, 1);
        read(1, 4, 1);
        assertThat(waiting).isNotDone();
        read(1, 6, 3);

        // Then
        assertThat(waiting).isCompletedWithValue(true);
        assertThat(hasRead(1, 6, LONG)).as("what was read before").isCompletedWithValue(true);
    }

    @Test
    void aRecordThatIsNoMessageIsPassedOver() {
        // Given
        CompletableFuture<Boolean> waiting = hasRead(0, 0, LONG);

        // When
        assertThatThrownBy(() -> read(0, 0, new byte[] {'{'})).isInstanceOf(MalformedMessage.class);

        // Then
        assertThat(waiting).isCompletedWithValue(true);
        assertThat(tail.newest(KEY)).isEmpty();
    }

    @Test
    void aRecordThatDoesNotComeInTimeIsNotWaitedFor() {
        assertThat(hasRead(0, 0, Duration.ofMillis(1)).join()).isFalse();
    }

    @Test
    void beforeItHasBegunItIsNotCaughtUp() {
        assertThat(tail.isCaughtUp()).isFalse();
    }
}
