package io.agentstation.standalone.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.standalone.failures.StationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    private static PemPair ec = new PemPair(Path.of("unset"), Path.of("unset"));
    private static PemPair rsa = new PemPair(Path.of("unset"), Path.of("unset"));

    private final Instant now = Instant.now();

    @BeforeAll
    static void makePairs() throws Exception {
        ec = PemPair.make(directory, "ec", "EC", "-1H");
        rsa = PemPair.make(directory, "rsa", "RSA", "-1H");
    }

    @Test
    void takesAPairThatBelongsTogether() {
        assertThat(files(ec, ec).verify(now).getSubjectX500Principal().getName())
                .isEqualTo("CN=station.example");
        assertThat(files(rsa, rsa).verify(now).getPublicKey().getAlgorithm()).isEqualTo("RSA");
    }

    @Test
    void refusesOneWithoutTheOther() {
        assertThatThrownBy(() -> TlsFiles.properties(ec.certificate(), null))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("belong together: give --tls-key too");
        assertThatThrownBy(() -> TlsFiles.properties(null, ec.key())).hasMessageContaining("give --tls-cert too");
        assertThat(TlsFiles.properties(null, null)).isEmpty();
    }

    @Test
    void refusesFilesThatCannotBeRead() {
        Path missing = directory.resolve("missing");
        refused(new TlsFiles(missing, ec.key()), "--tls-cert " + missing + " cannot be read");
        refused(new TlsFiles(ec.certificate(), missing), "--tls-key " + missing + " cannot be read");
    }

    @Test
    void refusesWhatIsNoPem() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "hello");
        refused(new TlsFiles(text, ec.key()), "--tls-cert " + text + " holds no certificate in PEM form");
        refused(new TlsFiles(ec.certificate(), text), "--tls-key " + text + " holds no private key in PEM form");
        refused(
                new TlsFiles(ec.certificate(), ec.certificate()),
                "--tls-key " + ec.certificate() + " holds no private key");
    }

    @Test
    void refusesAPairThatDoesNotBelongTogether() throws Exception {
        PemPair other = PemPair.make(directory, "other", "EC", "-1H");
        refused(files(ec, other), "is not the key of --tls-cert " + ec.certificate());
        refused(files(ec, rsa), "is not the key of --tls-cert " + ec.certificate());
    }

    @Test
    void refusesACertificateOutOfItsTime() {
        assertThatThrownBy(() -> files(ec, ec).verify(now.plus(Duration.ofDays(2))))
                .hasMessageContaining("has expired on ")
                .hasMessageContaining("renew it");
        assertThatThrownBy(() -> files(ec, ec).verify(now.minus(Duration.ofDays(2))))
                .hasMessageContaining("is not valid before ")
                .hasMessageContaining("clock");
    }

    private static TlsFiles files(PemPair certificate, PemPair key) {
        return new TlsFiles(certificate.certificate(), key.key());
    }

    private void refused(TlsFiles files, String words) {
        assertThatThrownBy(() -> files.verify(now))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining(words);
    }
}
