package io.agentstation.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.webhooks.WebhookUrl;
import io.agentstation.webhooks.fixtures.Receiver;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a receiver does, an attempt ends in bounded time and keeps a bounded part of the answer. */
class SafeClientIT {

    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final Duration TOTAL = Duration.ofSeconds(1);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final SafeClient client = new SafeClient(
            new WebhookUrl(true, true),
            SafeClient.systemResolver(),
            new ClientLimits(Duration.ofMillis(500), TOTAL, 20),
            timer);
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void close() {
        over.countDown();
        client.close();
        timer.shutdownNow();
    }

    /** Behaviour of a receiver that speaks for itself. */
    private interface Script {
        void run(OutputStream out) throws IOException, InterruptedException;
    }

    private CompletableFuture<Answer> postTo(Script script, String scheme) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(
                () -> {
                    try (server;
                            Socket connection = server.accept()) {
                        script.run(connection.getOutputStream());
                    } catch (IOException e) {
                        over.countDown();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "receiver");
        thread.setDaemon(true);
        thread.start();
        return client.post(scheme + "://127.0.0.1:" + server.getLocalPort() + "/", Map.of(), BODY);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Test
    void anAnswerIsReadAndItsConnectionUsedAgain() {
        try (Receiver receiver = new Receiver(
                (request, before) -> new Receiver.Reply(202, Map.of("retry-after", "7"), "thanks " + request.body()))) {
            Answer answer = client.post(receiver.url(), Map.of("webhook-id", "m-1"), BODY)
                    .join();

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.excerpt()).isEqualTo("thanks {\"a\":1}");
            assertThat(answer.retryAfter()).contains("7");
            assertThat(receiver.received().get(0).header("webhook-id")).isEqualTo("m-1");
            assertThat(receiver.received().get(0).header("content-type")).isEqualTo("application/json");
        }
    }

    @Test
    void ofAHugeAnswerTheFirstKilobyteIsKeptAndTheRestNotRead() throws IOException {
        AtomicLong written = new AtomicLong();
        byte[] block = "x".repeat(65_536).getBytes(StandardCharsets.US_ASCII);

        Answer answer = postTo(
                        out -> {
                            write(out, "HTTP/1.1 200 OK\r\ncontent-length: 1000000000000\r\n\r\n");
                            while (over.getCount() > 0) {
                                out.write(block);
                                written.addAndGet(block.length);
                            }
                        },
                        "http")
                .join();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.excerpt()).hasSize(1_024);
        // Whoever goes on writing finds the connection gone.
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(over.getCount()).isZero());
        assertThat(written).hasValueLessThan(100_000_000);
    }

    @Test
    void aReceiverThatNeverAnswersIsLeftWhenTimeIsUp() throws IOException {
        CompletableFuture<Answer> answer = postTo(out -> over.await(), "http");

        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(SendingFailed.class)
                .hasMessage("no answer within 1 s");
    }

    @Test
    void aReceiverThatDripsItsHeadIsLeftWhenTimeIsUp() throws IOException {
        CompletableFuture<Answer> answer = postTo(
                out -> {
                    write(out, "HTTP/1.1 200 OK\r\n");
                    while (!over.await(50, TimeUnit.MILLISECONDS)) {
                        write(out, "x: y\r\n");
                    }
                },
                "http");

        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).cause().isInstanceOf(SendingFailed.class);
    }

    @Test
    void aStatusCountsWhenTheRestOfTheAnswerNeverEnds() throws Exception {
        Answer answer = postTo(
                        out -> {
                            write(out, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n");
                            over.await();
                        },
                        "http")
                .get(10, TimeUnit.SECONDS);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.excerpt()).isEqualTo("ok");
    }

    @Test
    void aHeadWithoutEndIsRefused() throws IOException {
        CompletableFuture<Answer> answer = postTo(
                out -> {
                    write(out, "HTTP/1.1 200 OK\r\nx: ");
                    while (over.getCount() > 0) {
                        write(out, "y".repeat(1_000));
                    }
                },
                "http");

        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).cause().isInstanceOf(SendingFailed.class);
    }

    @Test
    void whatSpeaksNoTlsOrNoHttpFails() throws IOException {
        CompletableFuture<Answer> plain = postTo(out -> write(out, "HTTP/1.1 200 OK\r\n\r\n"), "https");
        CompletableFuture<Answer> nonsense = postTo(out -> write(out, "SSH-2.0-x\r\n\r\n"), "http");

        assertThatThrownBy(() -> plain.get(10, TimeUnit.SECONDS)).cause().isInstanceOf(SendingFailed.class);
        assertThatThrownBy(() -> nonsense.get(10, TimeUnit.SECONDS)).cause().isInstanceOf(SendingFailed.class);
    }

    @Test
    void nobodyListensIsAFailureThatSaysSo() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }

        assertThatThrownBy(() -> client.post("http://127.0.0.1:" + port + "/", Map.of(), BODY)
                        .get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(SendingFailed.class)
                .hasMessageContaining("connection failed");
    }
}
