package io.agentstation.gateway.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.gateway.ApiGateway;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** A gateway that is told to stop finishes what it has begun to read. */
final class OrderlyStopIT {

    private static final Pattern UUID = Pattern.compile("\"uuid\":\"([0-9a-f-]{36})\"");

    private final Station station = Station.get();

    // The second is the control: a gateway that stops at once cuts the same request off.
    @ParameterizedTest
    @CsvSource({"graceful, true", "immediate, false"})
    void whatItHasBegunIsAnsweredAndIsInTheLog(String how, boolean isFinished) throws Exception {
        Map<String, Object> properties = Station.properties(station.bootstrapServers());
        properties.put("server.shutdown", how);
        ConfigurableApplicationContext gateway = ApiGateway.start(properties);
        int port = Station.port(gateway);
        String body = "{\"name\":\"" + Station.name() + "\"}";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            send(
                    socket,
                    "POST /api/agents HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n"
                            + "Authorization: Bearer " + station.tenant().credential() + "\r\n"
                            + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n");
            assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 100");

            CompletableFuture<Void> stop = CompletableFuture.runAsync(gateway::close);
            await().atMost(Duration.ofSeconds(20)).until(() -> isClosed(port));
            String answer = finish(socket, body);
            stop.join();

            assertThat(answer.contains("HTTP/1.1 201")).as(answer).isEqualTo(isFinished);
            if (isFinished) {
                Matcher uuid = UUID.matcher(answer);
                assertThat(uuid.find()).isTrue();
                assertThat(new OtherServices(station).commands(AgentId.of(uuid.group(1))))
                        .as("in " + Topic.COMMANDS.topicName())
                        .hasSize(1);
            }
        }
    }

    private static String finish(Socket socket, String body) {
        try {
            send(socket, body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "cut off: " + e.getMessage();
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static boolean isClosed(int port) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
