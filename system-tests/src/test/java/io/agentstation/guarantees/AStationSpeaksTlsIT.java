package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.standalone.tls.StationTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a certificate of one's own, which does not even name the loopback address: the agents inside live all the same. */
class AStationSpeaksTlsIT {

    private static final String PASSWORD = "changeit";

    @TempDir
    private Path directory;

    @Test
    void andItsAgentsTrustIt() throws Exception {
        Path certificate = directory.resolve("station.crt");
        Path key = directory.resolve("station.key");
        makePair(certificate, key);
        Path data = directory.resolve("data");

        try (StationProcess station = StationProcess.up(
                data, "--bind", "0.0.0.0", "--tls-cert", certificate.toString(), "--tls-key", key.toString())) {
            assertThat(station.url()).startsWith("https://127.0.0.1:");
            assertThat(station.console()).doesNotContain("warning");

            HttpClient trusting = HttpClient.newBuilder()
                    .sslContext(StationTls.contextOf(data).orElseThrow())
                    .build();
            HttpResponse<String> created = trusting.send(
                    request(station, "/api/agents")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"over-tls\"}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(created.statusCode()).isEqualTo(201);
            Awaitility.await("the agent, which speaks TLS too")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> fleet(trusting, station).contains("\"ACTIVE\":1"));

            assertThatThrownBy(() -> fleet(HttpClient.newHttpClient(), station)).isInstanceOf(IOException.class);
            ConsoleCommand status = ConsoleCommand.run(directory, "status", "--data", data.toString());
            assertThat(status.console()).containsPattern("ticks +sent").contains("1 ACTIVE");
            assertThat(status.code()).as(status.console()).isZero();
        }
    }

    private static String fleet(HttpClient client, StationProcess station) throws IOException, InterruptedException {
        return client.send(request(station, "/api/fleet").build(), BodyHandlers.ofString())
                .body();
    }

    private static HttpRequest.Builder request(StationProcess station, String path) {
        return HttpRequest.newBuilder(URI.create(station.url() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + station.key())
                .header("Content-Type", "application/json");
    }

    private void makePair(Path certificate, Path key) throws Exception {
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "station",
                        "-dname",
                        "CN=station.example",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        writePem(certificate, "CERTIFICATE", keys.getCertificate("station").getEncoded());
        writePem(
                key,
                "PRIVATE KEY",
                keys.getKey("station", PASSWORD.toCharArray()).getEncoded());
    }

    private static void writePem(Path file, String what, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
