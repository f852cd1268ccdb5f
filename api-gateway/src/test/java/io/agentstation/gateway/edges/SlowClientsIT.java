package io.agentstation.gateway.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.gateway.ApiGateway;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Station;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Clients that send a byte now and then. Each has its control: on a gateway with time, the same client is served. */
final class SlowClientsIT {

    private static final Duration PATIENT = Duration.ofMinutes(2);
    private static ConfigurableApplicationContext strict;
    private static Http user;

    @BeforeAll
    static void start() {
        Map<String, Object> properties = Station.properties(Station.get().bootstrapServers());
        properties.put("station.gateway.edges.head-within", "1s");
        properties.put("station.gateway.edges.body-within", "1s");
        strict = ApiGateway.start(properties);
        user = Station.get().tenant();
    }

    @AfterAll
    static void stop() {
        strict.close();
    }

    private static int port(boolean isStrict) {
        return isStrict ? Station.port(strict) : Station.get().port();
    }

    private String head(String more) {
        return "POST /api/agents HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + user.credential()
                + "\r\n" + more;
    }

    /** Sends {@code slow} byte by byte until the server has ended the connection, or all is sent; then what it answered. */
    private static String drip(int port, String atOnce, String slow) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(Math.toIntExact(PATIENT.toMillis()));
            socket.getOutputStream().write(atOnce.getBytes(StandardCharsets.ISO_8859_1));
            Dripping dripping = new Dripping(socket, slow.getBytes(StandardCharsets.ISO_8859_1));
            await().atMost(PATIENT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(150))
                    .until(dripping::hasEnded);
            return dripping.answer();
        }
    }

    /** A byte at each look. */
    private static final class Dripping {

        private final Socket socket;
        private final byte[] bytes;
        private int sent;
        private boolean cut;

        Dripping(Socket socket, byte[] bytes) {
            this.socket = socket;
            this.bytes = bytes;
        }

        boolean hasEnded() {
            if (sent == bytes.length) {
                return true;
            }
            try {
                socket.getOutputStream().write(bytes[sent++]);
                socket.getOutputStream().flush();
            } catch (IOException e) {
                cut = true;
            }
            return cut;
        }

        String answer() throws IOException {
            return cut ? "cut" : new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHeadThatTakesTooLongIsCut(boolean isStrict) throws IOException {
        String answer = drip(port(isStrict), head("X-Slow: "), "x".repeat(25) + "\r\nContent-Length: 0\r\n\r\n");

        assertThat(answer.equals("cut")).as(answer).isEqualTo(isStrict);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyThatTakesTooLongIsCut(boolean isStrict) throws IOException {
        String body = "{\"name\":\"" + Station.name() + "\",\"description\":\"" + "x".repeat(15) + "\"}";
        String answer = drip(
                port(isStrict),
                head("Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"),
                body);

        assertThat(answer.startsWith("HTTP/1.1 201")).as(answer).isEqualTo(!isStrict);
    }
}
