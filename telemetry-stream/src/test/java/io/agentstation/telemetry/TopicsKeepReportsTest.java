package io.agentstation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is not stored yet is safe in Kafka for three days, however long Cassandra is away within them. */
class TopicsKeepReportsTest {

    private static final Duration LEAST = Duration.ofDays(3);

    @Test
    void everyTopicThatIsReadKeepsItsRecordsFor72Hours() {
        assertThat(ReaderConfiguration.TOPICS).isNotEmpty().allSatisfy(topic -> {
            assertThat(topic.retention()).isGreaterThanOrEqualTo(LEAST);
            assertThat(topic.configuration()).containsEntry("cleanup.policy", "delete");
            assertThat(Long.parseLong(topic.configuration().getOrDefault("retention.ms", "0")))
                    .isGreaterThanOrEqualTo(LEAST.toMillis());
        });
    }
}
