package io.agentstation.telemetry;

import io.agentstation.telemetry.batches.ReaderFigures;
import io.agentstation.telemetry.batches.RetryLog;
import io.agentstation.telemetry.batches.TopicReaders;
import io.agentstation.telemetry.figures.WriterFigures;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** How a batch that could not be written is tried again: for as long as it takes, never skipped. */
@Configuration(proxyBeanMethods = false)
class RetryConfiguration {

    /**
     * Retries without end. Meanwhile the consumer is paused and goes on polling, so that it stays in its group; poison has
     * been put aside by then, so that what fails here is Cassandra, Kafka, or a defect that must not cost a record.
     */
    @Bean
    DefaultErrorHandler tryAgainUntilWritten(TelemetrySettings settings, WriterFigures figures) {
        ExponentialBackOff backOff =
                new ExponentialBackOff(settings.firstBackoff().toMillis(), 2);
        backOff.setMaxInterval(settings.longestBackoff().toMillis());
        DefaultErrorHandler handler = new DefaultErrorHandler(
                (record, failure) -> {
                    throw new IllegalStateException("records of " + record.topic() + " are never skipped", failure);
                },
                backOff);
        // By default some exceptions are not retried but skipped.
        handler.setClassifications(Map.of(), true);
        handler.setRetryListeners(new RetryLog(figures));
        return handler;
    }

    @Bean
    TopicReaders topicReaders(
            ConsumerFactory<byte[], byte[]> consumers,
            DefaultErrorHandler tryAgainUntilWritten,
            TelemetrySettings settings,
            ReaderFigures figures) {
        return new TopicReaders(consumers, tryAgainUntilWritten, settings.group(), settings.threadsPerTopic(), figures);
    }
}
