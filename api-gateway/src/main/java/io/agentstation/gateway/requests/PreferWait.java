package io.agentstation.gateway.requests;

import io.agentstation.gateway.errors.RequestRefused;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a client wants to wait: {@code Prefer: wait=N}, 0 to 60 seconds.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240#section-4.3">RFC 7240 section 4.3</a>
 */
public final class PreferWait {

    private static final String HEADER = "Prefer";
    private static final String WAIT = "wait";
    private static final int MOST_SECONDS = 60;

    private PreferWait() {}

    /**
     * The wait that the headers ask for, or {@code otherwise}; preferences that are not waits are ignored.
     *
     * @param headers null when there are none
     * @throws RequestRefused 400 when the wait is out of its range
     */
    public static Duration of(@Nullable List<String> headers, Duration otherwise) {
        Optional<String> asked = (headers == null ? List.<String>of() : headers)
                .stream()
                        .flatMap(header -> Arrays.stream(header.split(",", -1)))
                        .map(preference -> preference.strip().toLowerCase(Locale.ROOT))
                        .filter(preference -> preference.startsWith(WAIT)
                                && preference
                                        .substring(WAIT.length())
                                        .stripLeading()
                                        .startsWith("="))
                        .map(preference -> preference
                                .substring(preference.indexOf('=') + 1)
                                .strip())
                        .findFirst();
        return asked.map(PreferWait::seconds).orElse(otherwise);
    }

    private static Duration seconds(String digits) {
        boolean valid = digits.matches("[0-9]{1,2}") && Integer.parseInt(digits) <= MOST_SECONDS;
        if (!valid) {
            throw RequestRefused.invalid(HEADER, "Prefer: wait must be an integer from 0 to " + MOST_SECONDS);
        }
        return Duration.ofSeconds(Integer.parseInt(digits));
    }
}
