package io.agentstation.standalone.tls;

import io.agentstation.standalone.failures.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * A certificate, with its chain, and its private key, both PEM.
 *
 * @param certificate the file of {@code --tls-cert}
 * @param key         the file of {@code --tls-key}
 */
public record TlsFiles(Path certificate, Path key) {

    private static final String CERTIFICATE = "server.ssl.certificate";
    private static final String KEY = "server.ssl.certificate-private-key";
    private static final String CERTIFICATE_OPTION = "--tls-cert";
    private static final String KEY_OPTION = "--tls-key";
    private static final byte[] PROBE = {1, 2, 3, 4};

    /**
     * The properties with which the API speaks TLS; none when neither file is given.
     *
     * @throws StationFailure when only one is
     */
    public static Map<String, String> properties(@Nullable Path certificate, @Nullable Path key) {
        if (certificate == null && key == null) {
            return Map.of();
        }
        if (certificate == null || key == null) {
            throw new StationFailure("--tls-cert and --tls-key belong together: give "
                    + (certificate == null ? "--tls-cert too, the certificate of that key" : "--tls-key too, its key"));
        }
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(CERTIFICATE, certificate.toAbsolutePath().toString());
        properties.put(KEY, key.toAbsolutePath().toString());
        return properties;
    }

    /** The files that these properties name; empty when they name none. */
    public static Optional<TlsFiles> of(Map<String, String> properties) {
        String certificate = properties.get(CERTIFICATE);
        String key = properties.get(KEY);
        return certificate == null || key == null
                ? Optional.empty()
                : Optional.of(new TlsFiles(Path.of(certificate), Path.of(key)));
    }

    /**
     * Reads both and sees that they can serve.
     *
     * @return the certificate itself, without its chain
     * @throws StationFailure when one cannot be read, or they do not belong together, or the certificate is not valid now
     */
    public X509Certificate verify(Instant now) {
        X509Certificate leaf = chain().get(0);
        PrivateKey secret = secret();
        if (now.isAfter(leaf.getNotAfter().toInstant())) {
            throw new StationFailure("--tls-cert " + certificate + " has expired on "
                    + leaf.getNotAfter().toInstant() + ": renew it");
        }
        if (now.isBefore(leaf.getNotBefore().toInstant())) {
            throw new StationFailure("--tls-cert " + certificate + " is not valid before "
                    + leaf.getNotBefore().toInstant() + ": see that this machine's clock is right");
        }
        if (!belongTogether(leaf.getPublicKey(), secret)) {
            throw new StationFailure("--tls-key " + key + " is not the key of --tls-cert " + certificate
                    + ": give the pair that was made together");
        }
        return leaf;
    }

    private List<X509Certificate> chain() {
        PemContent pem = pem(CERTIFICATE_OPTION, certificate);
        try {
            return pem.getCertificates();
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new StationFailure(
                    CERTIFICATE_OPTION + " " + certificate + " holds no certificate in PEM form (" + e.getMessage()
                            + "): it begins with -----BEGIN CERTIFICATE-----",
                    e);
        }
    }

    private PrivateKey secret() {
        PemContent pem = pem(KEY_OPTION, key);
        PrivateKey secret;
        try {
            secret = pem.getPrivateKey();
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw noKey(e);
        }
        if (secret == null) {
            throw noKey(null);
        }
        return secret;
    }

    private StationFailure noKey(@Nullable RuntimeException cause) {
        return new StationFailure(
                KEY_OPTION + " " + key + " holds no private key in PEM form without a password: it begins with"
                        + " -----BEGIN PRIVATE KEY-----",
                cause);
    }

    private static PemContent pem(String option, Path file) {
        String unreadable = option + " " + file + " cannot be read: name a file that this user may read";
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new StationFailure(unreadable);
        }
        try {
            return PemContent.load(file);
        } catch (IOException e) {
            throw new StationFailure(unreadable, e);
        }
    }

    /** Signs with the one and verifies with the other. */
    private static boolean belongTogether(PublicKey known, PrivateKey secret) {
        if (!known.getAlgorithm().equals(secret.getAlgorithm())) {
            return false;
        }
        String algorithm = switch (known.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> known.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(secret);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(known);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
