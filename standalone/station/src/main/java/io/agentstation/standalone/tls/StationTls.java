package io.agentstation.standalone.tls;

import io.agentstation.standalone.failures.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.springframework.boot.ssl.pem.PemContent;

/** The API's certificate in the data directory, so that what runs inside the station, and its commands, trust it. */
public final class StationTls {

    /** A copy of the public certificate; it is no secret. */
    public static final String FILE = "tls-certificate.pem";

    private StationTls() {}

    /**
     * Verifies the files and makes this process trust the certificate: its probes and its simulated agents use TLS clients
     * of the JDK's default.
     *
     * @throws StationFailure when they cannot serve
     */
    public static void trust(TlsFiles files, Path data) throws IOException {
        X509Certificate own = files.verify(Instant.now());
        SSLContext.setDefault(PinnedTrust.context(own));
        Files.writeString(data.resolve(FILE), Files.readString(files.certificate()));
    }

    /** A context that trusts the certificate of the station on this directory; empty when it never spoke TLS. */
    public static Optional<SSLContext> contextOf(Path data) throws IOException {
        Path file = data.resolve(FILE);
        return Files.exists(file)
                ? Optional.of(PinnedTrust.context(
                        PemContent.load(file).getCertificates().get(0)))
                : Optional.empty();
    }
}
