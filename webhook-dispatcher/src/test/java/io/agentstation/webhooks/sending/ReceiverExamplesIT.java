package io.agentstation.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.webhooks.WebhookSignature;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of docs/receivers verify, de-duplicate and order, each by its own interpreter. */
class ReceiverExamplesIT {

    private static final Path EXAMPLES = Path.of("..", "docs", "receivers").toAbsolutePath();

    @TempDir
    private Path directory;

    private final String secret = WebhookSignature.newSecret(new SecureRandom());
    private @org.jspecify.annotations.Nullable Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"node receiver.js", "python3 receiver.py", "java Receiver.java"})
    void eachVerifiesDeDuplicatesAndOrders(String command) throws Exception {
        int port = freePort();
        Path output = directory.resolve("output");
        process = start(command, port, output);
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(ConnectException.class)
                .until(() -> send(port, secret, body("webhook.test", "x", 0)) == 204);

        assertThat(send(port, secret, body("agent.created", "a", 1))).isEqualTo(204);
        assertThat(send(port, secret, body("agent.provisioned", "a", 2))).isEqualTo(204);
        assertThat(send(port, secret, body("agent.created", "b", 1))).isEqualTo(204);
        assertThat(send(port, secret, body("agent.created", "a", 1))).isEqualTo(204);
        assertThat(send(port, secret, body("agent.provisioned", "a", 2))).isEqualTo(204);
        assertThat(send(port, WebhookSignature.newSecret(new SecureRandom()), body("agent.killed", "a", 3)))
                .isEqualTo(401);
        assertThat(send(port, secret, body("agent.activated", "a", 3))).isEqualTo(204);

        await().untilAsserted(() -> assertThat(Files.readAllLines(output))
                .containsExactly(
                        "agent.created a 1", "agent.provisioned a 2", "agent.created b 1", "agent.activated a 3"));
    }

    private Process start(String command, int port, Path output) throws IOException {
        List<String> words = List.of(command.split(" ", -1));
        String program = words.get(0).equals("java")
                ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
                : words.get(0);
        ProcessBuilder builder = new ProcessBuilder(
                        program, EXAMPLES.resolve(words.get(1)).toString())
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("errors").toFile());
        builder.environment().put("SECRET", secret);
        builder.environment().put("PORT", Integer.toString(port));
        return builder.start();
    }

    private static String body(String event, String agent, long sequence) {
        return "{\"event\":\"" + event + "\",\"agent_uuid\":\"id-of-" + agent + "\",\"agent_name\":\"" + agent
                + "\",\"sequence\":" + sequence + "}";
    }

    private int send(int port, String signedWith, String body) throws IOException, InterruptedException {
        Instant now = Instant.now();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .header("webhook-id", "m-1")
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", WebhookSignature.header(List.of(signedWith), "m-1", now, bytes))
                .version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        // Each by a connection of its own: a server of HTTP/1.0 closes it, and a client may have used it again by then.
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
