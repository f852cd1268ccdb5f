package io.agentstation.gateway.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.coyote.CloseNowException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

final class TimedBodiesTest {

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    private static TimedBodies within(Duration time) {
        return new TimedBodies(
                new EdgeSettings(Duration.ofSeconds(1), time, Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }

    private static MockHttpServletRequest request() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/agents");
        request.setContent(BODY);
        return request;
    }

    private static final FilterChain READS = (request, response) ->
            assertThat(request.getInputStream().readAllBytes()).isEqualTo(BODY);

    private static final FilterChain READS_LATE = (request, response) -> {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        READS.doFilter(request, response);
    };

    @Test
    void aBodyThatIsThereInTimeIsRead() throws Exception {
        within(Duration.ofMinutes(1)).doFilter(request(), new MockHttpServletResponse(), READS_LATE);
    }

    @Test
    void aBodyThatIsNotThereInTimeEndsTheConnection() {
        assertThatThrownBy(() ->
                        within(Duration.ofMillis(1)).doFilter(request(), new MockHttpServletResponse(), READS_LATE))
                .isInstanceOf(CloseNowException.class);
    }

    @Test
    void soItDoesWhenAServletWrapsWhatHappened() {
        FilterChain wraps = (request, response) -> {
            throw new ServletException(new BodyTooSlow("slow"));
        };
        FilterChain other = (request, response) -> {
            throw new ServletException(new IllegalStateException("another"));
        };

        assertThatThrownBy(
                        () -> within(Duration.ofMinutes(1)).doFilter(request(), new MockHttpServletResponse(), wraps))
                .isInstanceOf(CloseNowException.class);
        assertThatThrownBy(
                        () -> within(Duration.ofMinutes(1)).doFilter(request(), new MockHttpServletResponse(), other))
                .isInstanceOf(ServletException.class);
    }

    @Test
    void nobodyIsGivenNoTimeOrForEver() {
        assertThatThrownBy(() -> within(Duration.ZERO)).hasMessageContaining("body-within");
        assertThatThrownBy(() -> within(Duration.ofMinutes(6))).hasMessageContaining("body-within");
    }
}
