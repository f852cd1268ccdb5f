package io.agentstation.gateway.availability;

import io.agentstation.gateway.history.TimeOrder;
import io.agentstation.gateway.history.Windows;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.QueryForm;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.springframework.util.MultiValueMap;

/** Which windows are asked for. */
record AvailabilityQuery(Window window, Windows windows) {

    private static final Duration USUAL = Duration.ofDays(1);

    /** How long a window is. */
    enum Window {
        HOUR(Duration.ofHours(1)),
        DAY(Duration.ofDays(1));

        private final Duration length;

        Window(Duration length) {
            this.length = length;
        }

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads the parameters of the request.
     *
     * @throws io.agentstation.gateway.errors.RequestRefused 400 that names every parameter that is wrong
     */
    static AvailabilityQuery of(MultiValueMap<String, String> parameters, Instant now) {
        Problems problems = new Problems();
        QueryForm form = QueryForm.of(parameters, problems);
        Window window = form.oneOf("window", Window.values(), Window::wireName).orElse(Window.HOUR);
        Instant to = form.time("to").orElse(now);
        Instant from = form.time("from").orElseGet(() -> QueryForm.before(to, USUAL));
        problems.refuseIfAny();
        TimeOrder.require(from, to, problems);
        Windows windows = new Windows(from, to, window.length);
        if (windows.areTooMany()) {
            problems.add(
                    "window",
                    "window " + window.wireName() + " gives more than " + Windows.MOST + " between from and to");
        }
        problems.refuseIfAny();
        return new AvailabilityQuery(window, windows);
    }
}
