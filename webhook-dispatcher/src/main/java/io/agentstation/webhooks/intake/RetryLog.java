package io.agentstation.webhooks.intake;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.RetryListener;

/** Says that a batch is tried again: at the first failure, then at every tenth. */
public final class RetryLog implements RetryListener {

    private static final int EVERY = 10;
    private static final Logger log = LoggerFactory.getLogger(RetryLog.class);

    @Override
    public void failedDelivery(ConsumerRecords<?, ?> records, Exception failure, int attempt) {
        if (attempt % EVERY == 1) {
            List<String> topics = records.partitions().stream()
                    .map(TopicPartition::topic)
                    .distinct()
                    .toList();
            log.atWarn()
                    .addKeyValue("topics", topics)
                    .addKeyValue("records", records.count())
                    .addKeyValue("attempt", attempt)
                    .setCause(failure)
                    .log("A batch could not be delivered or stored and is tried again");
        }
    }

    /** Never called: only batches are delivered here. */
    @Override
    public void failedDelivery(ConsumerRecord<?, ?> record, @Nullable Exception failure, int attempt) {
        throw new UnsupportedOperationException("only batches are delivered, not single records of " + record.topic());
    }
}
