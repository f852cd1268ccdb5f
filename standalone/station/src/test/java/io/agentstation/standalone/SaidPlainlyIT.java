package io.agentstation.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.agentstation.standalone.directory.DataDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What keeps a station from starting is said in a sentence with the next step, ends in exit code 1 and damages nothing. What
 * a cluster can lack is in the provisioner's own test, one by one.
 */
class SaidPlainlyIT {

    private static final String[] PUBLIC_URL = {"--set", "station.provisioner.public-url=http://192.0.2.10:8080"};

    @TempDir
    private Path directory;

    private Path data = Path.of("unset");

    @BeforeEach
    void nameDirectory() {
        data = directory.resolve("data");
    }

    @Test
    void aPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused(
                    up("--port", Integer.toString(taken.getLocalPort())),
                    "the API cannot listen on 127.0.0.1 port " + taken.getLocalPort(),
                    "choose another with --port");
        }
        assertThat(data.resolve("kafka")).doesNotExist();
    }

    @Test
    void aDirectoryThatAnotherStationHas() throws Exception {
        try (DataDirectory other = DataDirectory.open(data)) {
            refused(
                    up(),
                    "data directory " + other.root() + " is in use by another station (process "
                            + ProcessHandle.current().pid() + ")",
                    "choose another directory with --data");
        }
        assertThat(data.resolve("kafka")).doesNotExist();
    }

    @Test
    void aDirectoryThatCannotBeWritten() throws Exception {
        Files.createDirectory(data);
        try (SmallFileSystem readOnly = SmallFileSystem.mount(data, "ro,size=1g")) {
            refused(up(), "data directory " + data + " cannot be used", "see that this user may write there", "--data");
        }
    }

    @Test
    void aFileWhereTheDirectoryShouldBe() throws Exception {
        Files.writeString(data, "mine");
        refused(up(), "data directory " + data + " cannot be used", "--data");
        assertThat(data).hasContent("mine");
    }

    @Test
    void aDiskThatIsFullAtTheStart() throws Exception {
        Files.createDirectory(data);
        try (SmallFileSystem small = SmallFileSystem.mount(data, "size=50m")) {
            refused(
                    up(),
                    "the disk of the data directory " + data + " has 50 MiB free, and a station needs at least 200 MiB",
                    "free some space");
            assertThat(data).isEmptyDirectory();
        }
    }

    @Test
    void anAddressThatIsNotOfThisMachine() throws Exception {
        refused(up("--bind", "no.such.host.invalid"), "--bind no.such.host.invalid is no address of this machine");
    }

    @Test
    void anAddressBeyondThisMachineWithoutTls() throws Exception {
        refused(up("--bind", "0.0.0.0"), "would send keys and tokens over the network in clear", "--insecure");
        assertThat(data).doesNotExist();
    }

    @Test
    void aCertificateWithoutItsKey() throws Exception {
        refused(up("--tls-cert", "x.crt"), "--tls-cert and --tls-key belong together", "give --tls-key too");
        assertThat(data).doesNotExist();
    }

    @Test
    void aCertificateThatCannotBeRead() throws Exception {
        refused(up("--tls-cert", "x.crt", "--tls-key", "x.key"), "--tls-cert", "x.crt cannot be read");
        assertThat(data).doesNotExist();
    }

    @Test
    void aRealClusterWithoutAPublicUrl() throws Exception {
        Path kubeconfig = kubeconfig("http://127.0.0.1:1");
        refused(up("--kubeconfig", kubeconfig.toString()), "--set station.provisioner.public-url=");
    }

    @Test
    void aKubeconfigThatCannotBeRead() throws Exception {
        Path missing = directory.resolve("missing");
        refused(onCluster(missing), missing + " cannot be read", "name a file");
        Path garbage = Files.writeString(directory.resolve("garbage"), "{[");
        refused(onCluster(garbage), garbage + " cannot be understood", "--kubeconfig");
    }

    @Test
    void aClusterThatCannotBeReached() throws Exception {
        refused(
                onCluster(kubeconfig("http://127.0.0.1:1")),
                "http://127.0.0.1:1/ cannot be reached",
                "see that it runs");
    }

    @Test
    void rightsThatAreMissing() throws Exception {
        HttpServer cluster = clusterThatAllowsNothing();
        try {
            String url = "http://127.0.0.1:" + cluster.getAddress().getPort();
            refused(
                    onCluster(kubeconfig(url)),
                    "may not patch deployments.apps in namespace agents",
                    "may not create secrets in namespace agents",
                    "kubectl auth can-i");
        } finally {
            cluster.stop(0);
        }
    }

    @Test
    void aCheckSaysAllThatAClusterLacksAndStartsNothing() throws Exception {
        HttpServer cluster = clusterThatAllowsNothing();
        try {
            String url = "http://127.0.0.1:" + cluster.getAddress().getPort();
            StationRun check = StationRun.of(
                    directory, "check", "--kubeconfig", kubeconfig(url).toString());
            refused(
                    check,
                    "ok       The cluster at " + url + "/ answers",
                    "problem  No public URL is set",
                    "problem  The kubeconfig's user may not watch pods in namespace agents",
                    "warning  The cluster has no ingress class",
                    "warning  The cluster has no cert-manager");
        } finally {
            cluster.stop(0);
        }
    }

    @Test
    void aCheckWithoutAKubeconfigIsMisused() throws Exception {
        StationRun check = StationRun.of(directory, "check");
        assertThat(check.code()).isEqualTo(2);
        assertThat(check.console()).contains("--kubeconfig");
    }

    private StationRun up(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("up", "--data", data.toString()));
        all.addAll(List.of(arguments));
        if (!all.contains("--port")) {
            all.addAll(List.of("--port", "0"));
        }
        return StationRun.of(directory, all.toArray(String[]::new));
    }

    private StationRun onCluster(Path kubeconfig) throws Exception {
        StationRun run = up("--kubeconfig", kubeconfig.toString(), PUBLIC_URL[0], PUBLIC_URL[1]);
        assertThat(data).doesNotExist();
        return run;
    }

    private static void refused(StationRun run, String... words) {
        assertThat(run.console()).contains(words).doesNotContain("Exception: ").doesNotContain("\tat ");
        assertThat(run.code()).isEqualTo(1);
    }

    private Path kubeconfig(String server) throws IOException {
        return Files.writeString(directory.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: prod, context: {cluster: c, user: u}}]
                current-context: prod
                """.formatted(server));
    }

    private static HttpServer clusterThatAllowsNothing() throws IOException {
        Map<String, String> answers = Map.of(
                "/api", "{\"kind\": \"APIVersions\"}",
                "/version", "{\"major\": \"1\", \"minor\": \"34\", \"gitVersion\": \"v1.34.1\"}",
                "/api/v1/namespaces/agents", "{\"kind\": \"Namespace\", \"metadata\": {\"name\": \"agents\"}}",
                "/apis/networking.k8s.io/v1/ingressclasses", "{\"kind\": \"IngressClassList\", \"items\": []}",
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                        "{\"kind\": \"SelfSubjectAccessReview\", \"status\": {\"allowed\": false}}");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String answer = answers.get(exchange.getRequestURI().getPath());
                byte[] body = (answer == null ? "{\"kind\": \"Status\"}" : answer).getBytes(UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }
}
