package io.agentstation.telemetry.batches;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.telemetry.figures.WriterFigures;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchMessageListener;

/** A topic's writer whose batches are counted. */
final class MeasuredWriter implements BatchMessageListener<byte[], byte[]> {

    private final Topic topic;
    private final BatchWriter<?> writer;
    private final WriterFigures figures;

    MeasuredWriter(Topic topic, BatchWriter<?> writer, WriterFigures figures) {
        this.topic = topic;
        this.writer = writer;
        this.figures = figures;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        figures.polled(topic, records.size());
        figures.putAside(topic, writer.write(records));
    }
}
