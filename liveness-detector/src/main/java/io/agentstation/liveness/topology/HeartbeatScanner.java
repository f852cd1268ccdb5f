package io.agentstation.liveness.topology;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads heartbeats as the gateways and the SDKs write them, byte for byte, and allocates nothing. Whatever looks different
 * is not refused but left to the general reader. Not thread-safe: the last heartbeat that was read lies in its fields.
 */
final class HeartbeatScanner {

    private static final int KEY_LENGTH = 36;
    private static final byte[] BEFORE_MODE = ascii("{\"mode\":\"");
    private static final byte[] BEFORE_UPTIME = ascii("\",\"uptime_seconds\":");
    private static final HeartbeatMode[] MODES = HeartbeatMode.values();
    private static final byte[][] MODE_NAMES =
            Arrays.stream(MODES).map(mode -> ascii(mode.name())).toArray(byte[][]::new);
    /** So few digits, with so few of an exponent, are always a finite number. */
    private static final int MOST_DIGITS = 17;

    private static final int MOST_EXPONENT_DIGITS = 2;

    private long high;
    private long low;
    private HeartbeatMode mode = HeartbeatMode.IDLE;
    private int at;

    /** Whether this is a heartbeat in the usual form; if so, it can be asked for its parts. */
    boolean reads(byte @Nullable [] key, byte @Nullable [] value) {
        return key != null && value != null && readsKey(key) && readsValue(value);
    }

    /** The upper 64 bits of the agent's uuid. */
    long high() {
        return high;
    }

    /** The lower 64 bits of the agent's uuid. */
    long low() {
        return low;
    }

    HeartbeatMode mode() {
        return mode;
    }

    private boolean readsKey(byte[] key) {
        if (key.length != KEY_LENGTH) {
            return false;
        }
        long bits = 0;
        for (int i = 0; i < KEY_LENGTH; i++) {
            byte c = key[i];
            if (i == 8 || i == 13 || i == 18 || i == 23) {
                if (c != '-') {
                    return false;
                }
                if (i == 18) {
                    high = bits;
                }
                continue;
            }
            int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
            if (digit < 0) {
                return false;
            }
            bits = bits << 4 | digit;
        }
        low = bits;
        return true;
    }

    private boolean readsValue(byte[] value) {
        at = 0;
        return skips(value, BEFORE_MODE)
                && readsMode(value)
                && skips(value, BEFORE_UPTIME)
                && readsNumber(value)
                && at == value.length - 1
                && value[at] == '}';
    }

    private boolean readsMode(byte[] value) {
        for (int i = 0; i < MODES.length; i++) {
            if (skips(value, MODE_NAMES[i])) {
                mode = MODES[i];
                return true;
            }
        }
        return false;
    }

    // Not negative, no leading zeros: RFC 8259, section 6.
    private boolean readsNumber(byte[] value) {
        int start = at;
        int whole = digits(value);
        boolean valid = whole > 0 && (whole == 1 || value[start] != '0');
        if (valid && at < value.length && value[at] == '.') {
            at++;
            valid = digits(value) > 0;
        }
        valid &= at - start <= MOST_DIGITS;
        if (valid && at < value.length && value[at] == 'E') {
            at++;
            int exponent = digits(value);
            valid = exponent > 0 && exponent <= MOST_EXPONENT_DIGITS;
        }
        return valid;
    }

    private int digits(byte[] value) {
        int from = at;
        while (at < value.length && value[at] >= '0' && value[at] <= '9') {
            at++;
        }
        return at - from;
    }

    private boolean skips(byte[] value, byte[] expected) {
        int end = at + expected.length;
        if (end <= value.length && Arrays.equals(value, at, end, expected, 0, expected.length)) {
            at = end;
            return true;
        }
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
