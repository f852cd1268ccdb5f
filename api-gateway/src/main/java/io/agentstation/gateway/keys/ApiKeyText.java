package io.agentstation.gateway.keys;

import io.agentstation.contracts.credentials.Base62;
import io.agentstation.contracts.credentials.StationKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
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
    private static final Pattern FORM = Pattern.compile("sta_([0-9A-Za-z]{11})_[0-9A-Za-z]{33}[0-9A-Za-z]{6}");

    /** A key that has never been. */
    static ApiKeyText fresh(SecureRandom random) {
        return fresh(random, Base62.encode(bytes(random, ID_BYTES)));
    }

    /** Another secret behind this public id. */
    static ApiKeyText fresh(SecureRandom random, String id) {
        String body = "sta_" + id + "_" + Base62.encode(bytes(random, SECRET_BYTES));
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
