package io.agentstation.standalone.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate that vouches for itself, and its key, made by the JDK's keytool.
 *
 * @param certificate a PEM file
 * @param key         a PEM file
 */
record PemPair(Path certificate, Path key) {

    private static final String PASSWORD = "changeit";

    /** Valid from a day on that is so many days from now, for one day. */
    static PemPair make(Path directory, String name, String algorithm, String startDate) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        algorithm,
                        "-alias",
                        name,
                        "-dname",
                        "CN=station.example",
                        "-startdate",
                        startDate,
                        "-validity",
                        "1",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        if (keytool.waitFor() != 0) {
            throw new AssertionError(Files.readString(directory.resolve(name + ".log")));
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] certificate = keys.getCertificate(name).getEncoded();
        byte[] key = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
        return new PemPair(
                pem(directory.resolve(name + ".crt"), "CERTIFICATE", certificate),
                pem(directory.resolve(name + ".key"), "PRIVATE KEY", key));
    }

    private static Path pem(Path file, String what, byte[] content) throws Exception {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
