package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.guarantees.StationClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** I11: bad input gets a clear 4xx in the error format and changes nothing. */
class BadInputChangesNothingIT {

    private static final String ABSENT = "00000000-0000-7000-8000-000000000000";

    @RegisterExtension
    static final OneStation STATION = new OneStation();

    private final StationClient client = STATION.client();

    static Stream<Arguments> badCreates() {
        return Stream.of(
                Arguments.of("malformed", "{\"name\":", 400),
                Arguments.of("empty", "", 400),
                Arguments.of("null", "null", 400),
                Arguments.of("array", "[]", 400),
                Arguments.of("trailing garbage", "{\"name\":\"a\"} x", 400),
                Arguments.of("duplicate keys", "{\"name\":\"a\",\"name\":\"b\"}", 400),
                Arguments.of("no name", "{}", 400),
                Arguments.of("number for a name", "{\"name\":7}", 400),
                Arguments.of("64 characters", "{\"name\":\"" + "a".repeat(64) + "\"}", 400),
                Arguments.of("upper case", "{\"name\":\"Agent\"}", 400),
                Arguments.of("resources are text", "{\"name\":\"a\",\"resources\":\"much\"}", 400),
                Arguments.of("unknown resource", "{\"name\":\"a\",\"resources\":{\"gpu\":\"1\"}}", 400),
                Arguments.of(
                        "request above limit",
                        "{\"name\":\"a\",\"resources\":{\"cpu_request\":\"2\",\"cpu_limit\":\"1\"}}",
                        400),
                Arguments.of("deep nesting", "{\"name\":" + "[".repeat(2000) + "]".repeat(2000) + "}", 400),
                Arguments.of("10 MB", "{\"name\":\"a\",\"description\":\"" + "x".repeat(10_000_000) + "\"}", 413));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCreates")
    void aBadCreateIsRefusedAndNothingIsStored(String what, String body, int status) {
        int before = client.get("/api/agents").body().size();

        Answer answer = client.post("/api/agents", body);

        assertThat(answer.status()).as(what).isEqualTo(status);
        assertInErrorFormat(answer);
        assertThat(client.get("/api/agents").body().size()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-a-uuid", ABSENT, "1-1-1-1-1"})
    void anIdThatIsNobodysIsNotFound(String id) {
        for (Answer answer : new Answer[] {
            client.get("/api/agents/" + id),
            client.delete("/api/agents/" + id),
            client.post("/api/agents/" + id + "/heartbeat", "{\"mode\":\"IDLE\",\"uptime_seconds\":1}")
        }) {
            assertThat(answer.status()).isEqualTo(404);
            assertInErrorFormat(answer);
        }
    }

    @Test
    void aHeartbeatWithAFieldTooManyIsRefusedByName() {
        String uuid = client.create("strict", ",\"image\":\"simulate/silent\"");

        Answer answer = client.post(
                "/api/agents/" + uuid + "/heartbeat", "{\"mode\":\"IDLE\",\"uptime_seconds\":1,\"cpu_percent\":3}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error").asString()).contains("cpu_percent");
        assertInErrorFormat(answer);
        assertThat(client.get("/api/agents/" + uuid)
                        .body()
                        .at("/recentHeartbeats")
                        .size())
                .isZero();
        client.delete("/api/agents/" + uuid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/agents/%00", "/api/agents/a%2Fb", "/api/%5c..%5c", "/api/agents/%zz", "/nowhere"})
    void aPathThatCannotBeIsRefusedInTheErrorFormat(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                + STATION.process().key() + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1\\.1 4\\d\\d.*");
        assertThat(answer).contains("\"error\":\"").contains("\"code\":\"");
    }

    private static void assertInErrorFormat(Answer answer) {
        assertThat(answer.body().at("/error").isString()).isTrue();
        assertThat(answer.body().at("/code").isString()).isTrue();
        assertThat(answer.body().at("/request_id").isString()).isTrue();
    }

    private String raw(String request) throws IOException {
        URI address = URI.create(STATION.process().url());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
