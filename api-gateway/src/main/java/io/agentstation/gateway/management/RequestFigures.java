package io.agentstation.gateway.management;

import io.agentstation.gateway.errors.RequestRefused;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Counts and times every answer, as Tomcat would write it into an access log: also those that are given long after their
 * request was read, and those that Tomcat refuses by itself. The time is from the first byte of the request to the end of the
 * answer. By operation and not by path, so that the number of meters has a bound. Thread-safe.
 */
final class RequestFigures extends ValveBase implements AccessLog {

    private static final String NO_OPERATION = "none";
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private record Kind(String operation, int status) {}

    private final MeterRegistry meters;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    RequestFigures(MeterRegistry meters) {
        super(true);
        this.meters = meters;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
    }

    @Override
    public void log(Request request, Response response, long nanos) {
        timers.computeIfAbsent(new Kind(operation(request), response.getStatus()), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
        if (request.getAttribute(RequestRefused.CODE_ATTRIBUTE) instanceof String code) {
            meters.counter("station.gateway.refusals", "code", code).increment();
        }
    }

    /** What the controller was chosen by; a method without a controller may be any word that a client thinks of. */
    private static String operation(Request request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String pattern
                ? request.getMethod() + " " + pattern
                : NO_OPERATION;
    }

    private Timer timer(Kind kind) {
        return Timer.builder("station.gateway.requests")
                .tag("operation", kind.operation())
                .tag("status", Integer.toString(kind.status()))
                .serviceLevelObjectives(BOUNDS)
                .register(meters);
    }

    // Addresses are not looked at.
    @Override
    public void setRequestAttributesEnabled(boolean enabled) {}

    @Override
    public boolean getRequestAttributesEnabled() {
        return false;
    }
}
