package io.agentstation.benchmarks.webhooks;

import io.agentstation.benchmarks.webhooks.LeastRows.Delivered;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.webhooks.WebhookBody;
import io.agentstation.contracts.webhooks.WebhookSignature;
import io.agentstation.contracts.wire.Wire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What no dispatcher of this design can leave out: each event is read from the log, signed and posted, its rows are written,
 * and what was read is committed. No lanes, no row read, no subscriptions, no check of the address, no bounds, no retries, and
 * commits that wait for nothing: it is to be compared with, and would lose events.
 */
final class LeastDispatcher implements AutoCloseable {

    private static final String GROUP = "least";
    private static final int ROWS_TOGETHER = 256;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final LeastRows rows;
    private final URI url;
    private final int concurrency;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> secrets = List.of(WebhookSignature.newSecret(new SecureRandom()));
    private final Semaphore free;
    private final List<Delivered> delivered = new ArrayList<>();
    private final Thread reader;

    /** Begins at the end of its own log. */
    LeastDispatcher(String bootstrapServers, LeastRows rows, String url, int concurrency) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "group.id", GROUP, "max.poll.records", 1_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.rows = rows;
        this.url = URI.create(url);
        this.concurrency = concurrency;
        this.free = new Semaphore(concurrency);
        List<TopicPartition> all = consumer.partitionsFor(DispatcherRig.LEAST).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        // Where the end is, is asked now and not at the first poll.
        all.forEach(consumer::position);
        this.reader = new Thread(this::readOn, "least-dispatcher");
        reader.start();
    }

    private void readOn() {
        try {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> received : consumer.poll(Duration.ofMillis(100))) {
                    post(Wire.read(received.value(), LifecycleEvent.class));
                }
                consumer.commitAsync();
            }
        } catch (WakeupException | InterruptedException told) {
            consumer.close();
        }
    }

    private void post(LifecycleEvent event) throws InterruptedException {
        WebhookBody body = WebhookBody.of(event, event.sequence() - 1);
        String text = Wire.writeText(body);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String id = body.id().toString();
        Instant now = Instant.now();
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", WebhookSignature.header(secrets, id, now, bytes))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        free.acquire();
        long sent = System.nanoTime();
        var unused = client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .thenAccept(answer ->
                        note(new Delivered(body, text, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent))))
                .whenComplete((done, failure) -> free.release());
    }

    private void note(Delivered one) {
        List<Delivered> full = List.of();
        synchronized (delivered) {
            delivered.add(one);
            if (delivered.size() == ROWS_TOGETHER) {
                full = List.copyOf(delivered);
                delivered.clear();
            }
        }
        var unused = rows.write(full);
    }

    /** Ends when all that was sent is answered and written. */
    @Override
    public void close() {
        consumer.wakeup();
        free.acquireUninterruptibly(concurrency);
        synchronized (delivered) {
            rows.write(List.copyOf(delivered)).join();
        }
    }
}
