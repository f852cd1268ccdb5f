package io.agentstation.telemetry.batches;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.telemetry.figures.WriterFigures;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.RetryListener;

/** Counts the batches that are tried again, and says so: at the first failure, then at every tenth. */
public final class RetryLog implements RetryListener {

    private static final int EVERY = 10;
    private static final Logger log = LoggerFactory.getLogger(RetryLog.class);

    private final WriterFigures figures;

    public RetryLog(WriterFigures figures) {
        this.figures = figures;
    }

    @Override
    public void failedDelivery(ConsumerRecords<?, ?> records, Exception failure, int attempt) {
        List<String> topics = records.partitions().stream()
                .map(TopicPartition::topic)
                .distinct()
                .toList();
        Arrays.stream(Topic.values())
                .filter(topic -> topics.contains(topic.topicName()))
                .forEach(figures::retried);
        if (attempt % EVERY == 1) {
            log.atWarn()
                    .addKeyValue("topics", topics)
                    .addKeyValue("records", records.count())
                    .addKeyValue("attempt", attempt)
                    .setCause(failure)
                    .log("A batch could not be written and is tried again");
        }
    }

    /** Never called: only batches are delivered here. */
    @Override
    public void failedDelivery(ConsumerRecord<?, ?> record, @Nullable Exception failure, int attempt) {
        throw new UnsupportedOperationException("only batches are delivered, not single records of " + record.topic());
    }
}
