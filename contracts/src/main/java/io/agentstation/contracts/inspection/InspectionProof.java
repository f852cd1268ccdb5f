package io.agentstation.contracts.inspection;

import io.agentstation.contracts.credentials.StationKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a request comes from a part of the same station: an authentication code, by a key derived from the station
 * key, of the request's target and the second in which it was made. It is good for a minute and for this target only.
 */
public final class InspectionProof {

    /** The header that carries it. */
    public static final String HEADER = "X-Station-Proof";

    private static final String PURPOSE = "inspection-request";
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private InspectionProof() {}

    /** The header's value for a request to this target, path and query. */
    public static String of(StationKey key, String target, Instant now) {
        String second = Long.toString(now.getEpochSecond());
        return second + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(key.mac(PURPOSE, text(second, target)));
    }

    /** Whether the value was made with this key for this target within the last minute, or the next: clocks differ. */
    public static boolean isValid(StationKey key, String target, @Nullable String value, Instant now) {
        String[] parts = value == null ? new String[0] : value.split("\\.", 2);
        if (parts.length != 2 || !parts[0].matches("\\d{1,12}") || !parts[1].matches("[-_A-Za-z0-9]{43}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(parts[0])), now)
                .abs();
        return key.verify(
                        PURPOSE, text(parts[0], target), Base64.getUrlDecoder().decode(parts[1]))
                && age.compareTo(GOOD_FOR) <= 0;
    }

    private static byte[] text(String second, String target) {
        return (second + "\n" + target).getBytes(StandardCharsets.UTF_8);
    }
}
