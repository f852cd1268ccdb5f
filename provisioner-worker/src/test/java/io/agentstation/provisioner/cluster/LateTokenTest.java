package io.agentstation.provisioner.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateTokenTest {

    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
            users: [{name: u, user: {%s}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            current-context: x
            """;

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicReference<@Nullable String> file = new AtomicReference<>();
    private final LateToken token = new LateToken(
            () -> {
                reads.incrementAndGet();
                return file.get();
            },
            now::get);

    @Test
    void manyRequestsAreOneLook() {
        now.addAndGet(Duration.ofSeconds(31).toNanos());

        for (int request = 0; request < 100; request++) {
            assertThat(token.getToken()).isNull();
        }

        assertThat(reads).hasValue(1);
    }

    @Test
    void aTokenThatComesLaterIsFound() {
        file.set("late");
        assertThat(token.getToken()).isNull();

        now.addAndGet(Duration.ofSeconds(31).toNanos());

        assertThat(token.getToken()).isEqualTo("late");
        assertThat(token.getToken()).isEqualTo("late");
    }

    @Test
    void aFileThatCannotBeReadFailsOneRequestAndIsTriedAgainLater() {
        LateToken unreadable = new LateToken(
                () -> {
                    reads.incrementAndGet();
                    throw new IllegalStateException("unreadable");
                },
                now::get);
        now.addAndGet(Duration.ofSeconds(31).toNanos());

        assertThatThrownBy(unreadable::getToken).hasMessage("unreadable");
        assertThat(unreadable.getToken()).isNull();
        now.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThatThrownBy(unreadable::getToken).hasMessage("unreadable");

        assertThat(reads).hasValue(2);
    }

    @Test
    void onlyAConfigurationWithoutATokenIsWatched(@TempDir Path directory) throws IOException {
        try (KubernetesClient without = open(directory, "client-key-data: ''");
                KubernetesClient with = open(directory, "token: there")) {
            assertThat(without.getConfiguration().getOauthTokenProvider()).isInstanceOf(LateToken.class);
            assertThat(with.getConfiguration().getOauthTokenProvider()).isNull();
        }
    }

    @Test
    void theFileIsWhereItLooks(@TempDir Path directory) throws IOException {
        try (KubernetesClient client = open(directory, "client-key-data: ''")) {
            write(directory, "token: there");

            assertThat(client.getConfiguration().refresh().getAutoOAuthToken()).isEqualTo("there");
        }
    }

    private static KubernetesClient open(Path directory, String user) throws IOException {
        return ClusterConnection.open(new ClusterSettings(write(directory, user), null));
    }

    private static Path write(Path directory, String user) throws IOException {
        return Files.writeString(directory.resolve("kubeconfig"), KUBECONFIG.formatted(user));
    }
}
