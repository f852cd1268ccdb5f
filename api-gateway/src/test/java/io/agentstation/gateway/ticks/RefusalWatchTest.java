package io.agentstation.gateway.ticks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.coyote.CloseNowException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

final class RefusalWatchTest {

    private final AtomicLong nanoTime = new AtomicLong();
    private final IngestProof proof = new IngestProof(nanoTime::get);
    private final RefusalWatch watch = new RefusalWatch(proof);

    private static MockHttpServletRequest request(String path) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
        request.setServletPath(path);
        return request;
    }

    @ParameterizedTest
    @CsvSource({
        "/api/agents/x/heartbeat, 200, true",
        "/api/agents/x/heartbeat, 400, true",
        "/api/agents/x/heartbeat, 410, true",
        "/api/agents/x/heartbeat, 503, false",
        "/api/agents/x/heartbeat, 500, false",
        "/api/agents/x/metrics, 503, true",
        "/api/agents, 503, true"
    })
    void onlyHeartbeatsRefusedByThisGatewayCount(String path, int status, boolean holds) throws Exception {
        // Given
        proof.probeAcknowledged();

        // When
        watch.doFilter(
                request(path),
                new MockHttpServletResponse(),
                (request, response) -> ((HttpServletResponse) response).setStatus(status));

        // Then
        assertThat(proof.holds()).isEqualTo(holds);
    }

    @Test
    void aHeartbeatThatEndsInAnExceptionCounts() {
        // Given
        proof.probeAcknowledged();

        // When
        assertThatThrownBy(() -> watch.doFilter(
                        request("/api/agents/x/heartbeat"), new MockHttpServletResponse(), (request, response) -> {
                            throw new IOException("gone");
                        }))
                .isInstanceOf(IOException.class);

        // Then
        assertThat(proof.holds()).isFalse();
    }

    @Test
    void aHeartbeatThatIsCutOffForItsClientsSlownessDoesNot() {
        // Given
        proof.probeAcknowledged();

        // When
        assertThatThrownBy(() -> watch.doFilter(
                        request("/api/agents/x/heartbeat"), new MockHttpServletResponse(), (request, response) -> {
                            throw new CloseNowException("too slow");
                        }))
                .isInstanceOf(CloseNowException.class);

        // Then
        assertThat(proof.holds()).isTrue();
    }
}
