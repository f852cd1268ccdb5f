package io.agentstation.gateway.keys;

import io.agentstation.contracts.credentials.Base62;
import io.agentstation.contracts.credentials.StationKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an API key, {@code sta_<key id>_<secret><checksum>}: a public id of 11 characters, 192 random bits as 33 and a
 * CRC-32 as 6, all base 62. The fixed prefix and the checksum let secret scanners find leaked keys without guessing.
 *
 * @param text  the whole key
 * @param keyId its public part
 */
record ApiKeyText(String text, String keyId) {

    private static final String PURPOSE = "api-key";
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 24;
    private static final int CHECKSUM_LENGTH = 6;
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z]{11}");
    private static final Pattern FORM = Pattern.compile("sta_([0-9A-Za-z]{11})_[0-9A-Za-z]{33}[0-9A-Za-z]{6}");

    /** A key that has never been. */
    static ApiKeyText fresh(SecureRandom random) {
        return of(Base62.encode(bytes(random, ID_BYTES)), bytes(random, SECRET_BYTES));
    }

    /** The key of a change: always the same for the same one, and known to nobody without the station key. */
    static ApiKeyText derived(StationKey station, UUID change) {
        return derived(station, change, Base62.encode(Arrays.copyOf(mac(station, "api-key-id", change), ID_BYTES)));
    }

    /** The same, with this public id. */
    static ApiKeyText derived(StationKey station, UUID change, String id) {
        return of(id, Arrays.copyOf(mac(station, "api-key-secret", change), SECRET_BYTES));
    }

    private static byte[] mac(StationKey station, String purpose, UUID change) {
        return station.mac(purpose, change.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static ApiKeyText of(String id, byte[] secret) {
        String body = "sta_" + id + "_" + Base62.encode(secret);
        return new ApiKeyText(body + checksum(body), id);
    }

    /** Reads a credential; empty when it is not a key, whichever station's. */
    static Optional<ApiKeyText> parse(String credential) {
        Matcher form = FORM.matcher(credential);
        if (!form.matches()) {
            return Optional.empty();
        }
        int end = credential.length() - CHECKSUM_LENGTH;
        boolean intact = checksum(credential.substring(0, end)).equals(credential.substring(end));
        return intact ? Optional.of(new ApiKeyText(credential, form.group(1))) : Optional.empty();
    }

    /** Whether this may be the public part of a key. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** What is stored of it. */
    String hash(StationKey station) {
        return HexFormat.of().formatHex(station.mac(PURPOSE, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether it is the key of which this was stored; takes the same time whatever the answer. */
    boolean hasHash(StationKey station, String stored) {
        return station.verify(
                PURPOSE, text.getBytes(StandardCharsets.UTF_8), HexFormat.of().parseHex(stored));
    }

    private static byte[] bytes(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return Base62.encode(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "ApiKeyText[" + keyId + "]";
    }
}
