package io.agentstation.store.secrets;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals values with AES-256-GCM (NIST SP 800-38D) under a key derived from the station key; the owner and the name are
 * authenticated with the value, so that a sealed value cannot be moved to another owner or name.
 *
 * <p>Format: one version byte, 12 bytes of nonce, ciphertext and tag.
 */
public final class SecretSeal {

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** For what agents get. */
    public SecretSeal(StationKey stationKey) {
        this(stationKey, "agent-secrets");
    }

    private SecretSeal(StationKey stationKey, String purpose) {
        this.key = new SecretKeySpec(stationKey.derive(purpose), "AES");
    }

    /** For what webhooks are signed with. */
    public static SecretSeal ofWebhooks(StationKey stationKey) {
        return new SecretSeal(stationKey, "webhook-secrets");
    }

    /** Seals a value with a fresh nonce. */
    public byte[] seal(AgentId agent, String name, String value) {
        return seal(agent.value(), name, value);
    }

    /** Seals a value of anybody who has an id. */
    public byte[] seal(UUID owner, String name, String value) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, owner, name, value.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                .put(VERSION)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /**
     * Opens a sealed value.
     *
     * @throws IllegalStateException when it was not sealed for this agent and name with this station's key
     */
    public String open(AgentId agent, String name, byte[] sealed) {
        return open(agent.value(), name, sealed);
    }

    /** Opens a sealed value of anybody who has an id; as {@link #open(AgentId, String, byte[])}. */
    public String open(UUID owner, String name, byte[] sealed) {
        if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != VERSION) {
            throw new IllegalStateException("secret " + name + " of " + owner + " is not a sealed value");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        byte[] rest = new byte[sealed.length - 1 - NONCE_BYTES];
        ByteBuffer.wrap(sealed, 1, sealed.length - 1).get(nonce).get(rest);
        return new String(run(Cipher.DECRYPT_MODE, nonce, owner, name, rest), StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, byte[] nonce, UUID owner, String name, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD((owner + "/" + name).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "secret " + name + " of " + owner + " cannot be sealed or opened: is this the station key"
                            + " that it was sealed with?",
                    e);
        }
    }
}
