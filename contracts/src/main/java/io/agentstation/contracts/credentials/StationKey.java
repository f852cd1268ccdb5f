package io.agentstation.contracts.credentials;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one secret of a station, 32 random bytes from a mounted file; every other key is derived from it by purpose
 * (HMAC-SHA256 as a key derivation function, NIST SP 800-108 counter mode with one block).
 *
 * <p>Never printed: {@link #toString} shows its id only.
 */
public final class StationKey {

    /** How many random bytes a station key has. */
    public static final int LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;

    private StationKey(byte[] secret) {
        this.secret = secret;
    }

    /**
     * Reads the text of a key file: base64 of 32 bytes.
     *
     * @throws IllegalArgumentException when it is anything else; the message does not repeat the text
     */
    public static StationKey parse(String text) {
        byte[] secret = Base64.getDecoder().decode(text.strip());
        if (secret.length != LENGTH) {
            throw new IllegalArgumentException("a station key has 32 bytes in base64, this one has " + secret.length);
        }
        return new StationKey(secret);
    }

    /** The text for a key file. */
    public static String format(byte[] secret) {
        return Base64.getEncoder().encodeToString(secret);
    }

    /** A public name for the key: the first 8 hexadecimal digits of a hash that reveals nothing else. */
    public String id() {
        return HexFormat.of().formatHex(mac("key-id", new byte[0]), 0, 4);
    }

    /** A 32-byte key for one purpose only. */
    public byte[] derive(String purpose) {
        return hmac(secret, ("\u0001" + purpose + "\u0000").getBytes(StandardCharsets.UTF_8));
    }

    /** The authentication code of a message, by the key for this purpose. */
    public byte[] mac(String purpose, byte[] message) {
        return hmac(derive(purpose), message);
    }

    /** Whether a code is the right one; takes the same time whatever the answer. */
    public boolean verify(String purpose, byte[] message, byte[] code) {
        return MessageDigest.isEqual(mac(purpose, message), code);
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "StationKey[" + id() + "]";
    }
}
