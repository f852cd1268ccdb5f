package io.agentstation.gateway.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.Station;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is not even HTTP, or HTTP that the server itself refuses, gets the one error format too. */
final class BadRequestLineIT {

    private static final int TIMEOUT_MS = 10_000;
    private static final int PROCESSORS_AT_MOST = 20;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /api/agents HTTP/9.9\\r\\nHost: x\\r\\n\\r\\n|400",
                "GET /api/agents HTTP/1.1\\r\\n\\r\\n|400",
                "GET /api/agents HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n|400",
                "GET /api/<agents> HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n|400",
                "GET api/agents HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n|400",
                "GET /api/%zz HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n|400",
                "GET /api/%00 HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n|400",
                "GET /api/a%2Fb HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n|400",
                "GET /api/../../etc HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n|400",
                "G(T /api/agents HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n|400",
                "nonsense\\r\\n\\r\\n|400",
                "\\26\\3\\1\\2|400",
                "TRACE /api/agents HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n|405",
                "POST /api/agents HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: nonsense\\r\\n\\r\\n|400",
                "POST /api/agents HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: -1\\r\\n\\r\\n|400",
                "POST /api/agents HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\n|400",
                "GET /api/agents HTTP/1.1\\r\\nHost: x\\r\\nX-Long: LONG\\r\\n\\r\\n|400",
                "GET /api/LONG HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n|400",
                "GET /api/agents HTTP/1.1\\r\\nHost: a b\\r\\n\\r\\n|400",
                "GET /api/agents HTTP/1.1\\r\\nHost: x:nonsense\\r\\n\\r\\n|400",
                "GET /api/agents HTTP/1.1\\r\\nHost: [::\\r\\n\\r\\n|400",
                "GET http://[bad/api/agents HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n|400",
                "GET /api/agents HTTP/1.1\\r\\nHost: x\\r\\nno colon\\r\\n\\r\\n|400",
                "GET /api/agents HTTP/1.1\\r\\nHost: x\\r\\nbad name: x\\r\\n\\r\\n|400",
                "GET /api/agents HTTP/1.1\\r\\nHost: x\\r\\nMANY\\r\\n|400",
                "GET /api/agents HTTP/1.1\\r\\nHost: x\\r\\nExpect: nonsense\\r\\n\\r\\n|417",
                "CONNECT x:443 HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n|400",
                "GET * HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n|400"
            })
    void theAnswerIsA4xxInTheErrorFormat(String request, int status) throws IOException {
        // Given
        String raw = request.translateEscapes()
                .replace("LONG", "x".repeat(100_000))
                .replace("MANY", "X-Many: x\r\n".repeat(1_000));

        // When
        String answer = exchangeWithHeaders(raw);

        // Then
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        JsonNode body = Wire.mapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(body.path("error").asString()).isNotBlank();
        assertThat(body.path("code").asString()).isNotBlank();
        assertThat(answer.lines())
                .contains("X-Request-Id: " + body.path("request_id").asString())
                .contains(
                        "X-Content-Type-Options: nosniff",
                        "X-Frame-Options: DENY",
                        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
                        "Referrer-Policy: no-referrer",
                        "Cross-Origin-Resource-Policy: same-origin",
                        "Cache-Control: no-store");
    }

    /** An answer in HTTP/0.9 has no headers. */
    @Test
    void anAnswerWithoutHeadersIsTheErrorAlone() throws IOException {
        JsonNode body = Wire.mapper().readTree(exchange("GET /api/agents\r\n\r\n"));

        assertThat(body.path("code").asString()).isEqualTo("unauthorized");
        assertThat(body.path("error").asString()).isNotBlank();
    }

    /**
     * Tomcat's processors are used again and remember HTTP/0.9 until they have read the next whole request line, so that a bad
     * line after it is answered without headers. A whole one in between makes the processor forget.
     */
    private static String exchangeWithHeaders(String raw) throws IOException {
        String answer = exchange(raw);
        for (int i = 0; i < PROCESSORS_AT_MOST && answer.startsWith("{"); i++) {
            exchange("GET /api/agents HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            answer = exchange(raw);
        }
        return answer;
    }

    private static String exchange(String raw) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), Station.get().port())) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
