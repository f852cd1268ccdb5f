package io.agentstation.provisioner.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.agentstation.cluster.SimulatedCluster;
import io.agentstation.provisioner.cluster.ClusterSettings;
import io.agentstation.provisioner.preflight.Finding.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One test for each sentence about a cluster. */
class PreflightIT {

    private static final String URL = "http://192.0.2.10:8080";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path directory;

    private final ScriptedCluster cluster = new ScriptedCluster();
    private Path kubeconfig = Path.of("unset");

    @BeforeEach
    void writeKubeconfig() throws Exception {
        kubeconfig = ScriptedCluster.kubeconfig(directory.resolve("config"), cluster.url());
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    @Test
    void aClusterThatLacksNothingIsAllOk() {
        assertThat(findings())
                .allSatisfy(finding ->
                        assertThat(finding.severity()).as(finding.sentence()).isEqualTo(Severity.OK));
        assertThat(findings()).hasSize(7);
    }

    @Test
    void noPublicUrl() {
        fatal(run(null), "No public URL is set", "--set station.provisioner.public-url=");
    }

    @Test
    void aPublicUrlThatIsNone() {
        fatal(run("192.0.2.10:8080"), "The public URL 192.0.2.10:8080 is no address", "--set");
        fatal(run("ftp://192.0.2.10"), "The public URL ftp://192.0.2.10 is no address", "--set");
    }

    @Test
    void aPublicUrlThatMeansThePodItself() {
        for (String url : List.of("http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080")) {
            assertThat(run(url))
                    .filteredOn(Finding::isProblem)
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.sentence())
                            .contains("The public URL " + url + " is the loopback address", "--set"));
        }
    }

    @Test
    void noKubeconfig() {
        kubeconfig = directory.resolve("missing");
        fatal(findings(), "kubeconfig " + kubeconfig + " cannot be read since it does not exist", "--kubeconfig");
    }

    @Test
    void aKubeconfigThatIsADirectory() {
        kubeconfig = directory;
        fatal(findings(), "kubeconfig " + directory + " cannot be read since it is a directory", "--kubeconfig");
    }

    @Test
    void aKubeconfigThatIsGarbage() throws Exception {
        Files.writeString(kubeconfig, "{[");
        fatal(findings(), "kubeconfig " + kubeconfig + " cannot be understood", "--kubeconfig");
    }

    @Test
    void aKubeconfigWithoutACurrentContext() throws Exception {
        Files.writeString(kubeconfig, Files.readString(kubeconfig).replace("current-context: prod", ""));
        fatal(findings(), "kubeconfig " + kubeconfig + " has no current context", "--context", "[prod]");
    }

    @Test
    void aContextThatIsNotInTheKubeconfig() {
        List<Finding> findings =
                Preflight.run(new ClusterSettings(kubeconfig, "staging"), needs(URL, "letsencrypt-prod", ""));
        fatal(findings, "has no context staging", "[prod]", "--context");
    }

    @Test
    void aClusterThatIsNotThere() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + free.getLocalPort();
            free.close();
            ScriptedCluster.kubeconfig(kubeconfig, url);
            fatal(findings(), "The cluster at " + url + "/ cannot be reached", "kubeconfig's server");
        }
    }

    @Test
    void aClusterWhoseNameIsUnknown() throws Exception {
        ScriptedCluster.kubeconfig(kubeconfig, "https://cluster.invalid");
        fatal(findings(), "https://cluster.invalid/ cannot be found", "correct the kubeconfig's server");
    }

    @Test
    void aClusterThatNobodyVouchesFor() throws Exception {
        HttpsServer https = selfSigned();
        try {
            String url = "https://127.0.0.1:" + https.getAddress().getPort();
            ScriptedCluster.kubeconfig(kubeconfig, url);
            fatal(findings(), "cluster at " + url + "/ cannot be trusted over TLS", "certificate-authority-data");
        } finally {
            https.stop(0);
        }
    }

    @Test
    void aServerThatDoesNotSpeakHttp() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread hangingUp = new Thread(() -> hangUp(mute), "hanging-up");
            hangingUp.setDaemon(true);
            hangingUp.start();
            String url = "http://127.0.0.1:" + mute.getLocalPort();
            ScriptedCluster.kubeconfig(kubeconfig, url);
            fatal(findings(), "cluster at " + url + "/ cannot be asked", "the address of a Kubernetes API");
        }
    }

    @Test
    void credentialsThatHaveExpired() {
        cluster.say(401, "/api", "{\"kind\": \"Status\", \"code\": 401, \"message\": \"Unauthorized\"}");
        fatal(findings(), "does not accept the kubeconfig's credentials (HTTP 401: Unauthorized)", "log in again");
    }

    @Test
    void aServerThatIsNoKubernetes() {
        cluster.say(500, "/api", "oops");
        fatal(findings(), "answers HTTP 500", "is a Kubernetes API");
    }

    @Test
    void aClusterThatIsTooOld() {
        cluster.version("1", "28+");
        fatal(findings(), "is Kubernetes v1.28+.1, older than 1.29", "upgrade");
    }

    @Test
    void aClusterThatIsNewerThanTried() {
        cluster.version("1", "37");
        warning("is Kubernetes v1.37.1, newer than 1.36", "see that an agent becomes ACTIVE");
    }

    @Test
    void aClusterOfAnUnknownVersion() {
        cluster.version("2", "0");
        warning("says that its version is v2.0.1, which the Station does not know", "see that an agent");
    }

    @Test
    void theOldestAndTheNewestVersionAreWell() {
        for (String minor : List.of("29", "36")) {
            cluster.version("1", minor);
            assertThat(findings()).noneMatch(Finding::isProblem);
        }
    }

    @Test
    void aNamespaceThatWillBeMade() {
        cluster.forget("/api/v1/namespaces/agents");
        assertThat(findings())
                .contains(Finding.ok("The namespace agents does not exist; the Station will make it"))
                .noneMatch(Finding::isProblem);
    }

    @Test
    void aNamespaceThatIsMissingAndMayNotBeMade() {
        cluster.forget("/api/v1/namespaces/agents");
        cluster.deny("create namespaces");
        fatal(findings(), "namespace agents does not exist", "kubectl create namespace agents");
    }

    @Test
    void aNamespaceThatMayNotBeLookedAt() {
        cluster.forbid("/api/v1/namespaces/agents");
        warning("Whether the namespace agents exists cannot be told", "kubectl create namespace agents");
    }

    @Test
    void everyMissingRightIsSaidAlone() {
        for (Right right : RequiredRights.ALL) {
            try (ScriptedCluster other = new ScriptedCluster()) {
                other.deny(right.verb() + " " + right.resource());
                List<Finding> problems = Preflight.run(kubeconfigOf(other), needs(URL, "letsencrypt-prod", "")).stream()
                        .filter(Finding::isProblem)
                        .toList();
                assertThat(problems).singleElement().satisfies(problem -> {
                    assertThat(problem.isFatal()).isTrue();
                    assertThat(problem.sentence())
                            .contains("may not " + right.verb() + " " + right.qualifiedResource()
                                    + " in namespace agents")
                            .contains("kubectl auth can-i " + right.verb() + " " + right.qualifiedResource());
                });
            }
        }
    }

    @Test
    void aClusterThatDoesNotSayWhatIsAllowed() {
        cluster.forbidReviews();
        warning("does not say what the kubeconfig's user may do (u may not)", "kubectl auth can-i --list -n agents");
    }

    @Test
    void noIngressClass() {
        cluster.ingressClasses();
        warning("The cluster has no ingress class", "install an ingress controller");
    }

    @Test
    void noDefaultAmongTheIngressClasses() {
        cluster.ingressClasses("{\"name\": \"nginx\"}", "{\"name\": \"traefik\"}");
        warning("None of the cluster's ingress classes [nginx, traefik] is its default", "ingress-class=nginx");
    }

    @Test
    void anIngressClassThatIsNotThere() {
        assertThat(Preflight.run(new ClusterSettings(kubeconfig, null), needs(URL, "letsencrypt-prod", "nginx")))
                .filteredOn(Finding::isProblem)
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence())
                        .contains("no ingress class nginx, only [traefik]", "ingress-class=traefik"));
    }

    @Test
    void ingressClassesThatMayNotBeLookedAt() {
        cluster.forbidIngressClasses();
        warning("Which ingress classes the cluster has cannot be told (u may not)", "ingress-class=NAME");
    }

    @Test
    void noCertManager() {
        cluster.forget("/apis/cert-manager.io/v1");
        warning("The cluster has no cert-manager", "--set station.provisioner.cluster-issuer=");
    }

    @Test
    void noSuchClusterIssuer() {
        cluster.forget("/apis/cert-manager.io/v1/clusterissuers/letsencrypt-prod");
        warning("cert-manager has no ClusterIssuer letsencrypt-prod", "cluster-issuer=NAME");
    }

    @Test
    void aClusterIssuerThatMayNotBeLookedAt() {
        cluster.forbid("/apis/cert-manager.io/v1/clusterissuers/letsencrypt-prod");
        warning("ClusterIssuer letsencrypt-prod cannot be told", "kubectl get clusterissuer");
    }

    @Test
    void withoutAnIssuerNoCertManagerIsMissed() {
        cluster.forget("/apis/cert-manager.io/v1");
        assertThat(Preflight.run(new ClusterSettings(kubeconfig, null), needs(URL, "", "")))
                .noneMatch(Finding::isProblem);
    }

    @Test
    void noQuota() {
        cluster.noQuota();
        warning("namespace agents has no resource quota", "kubectl create quota agents -n agents");
    }

    @Test
    void aQuotaThatIsUsedUp() {
        cluster.quota("100");
        warning("quota agents of namespace agents is used up: pods is 100 of 100", "delete agents");
    }

    @Test
    void quotasThatMayNotBeLookedAt() {
        cluster.forbidQuotas();
        warning("quotas of namespace agents cannot be told (u may not)", "ask the cluster's administrator");
    }

    @Test
    void theSimulatedClusterIsGoodEnoughForAgents() {
        try (SimulatedCluster simulated = SimulatedCluster.start(directory.resolve("cluster"), 0)) {
            simulated.writeKubeconfig(kubeconfig);
            assertThat(findings()).noneMatch(Finding::isFatal);
        }
    }

    private ClusterSettings kubeconfigOf(ScriptedCluster other) {
        try {
            return new ClusterSettings(ScriptedCluster.kubeconfig(kubeconfig, other.url()), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Finding> findings() {
        return run(URL);
    }

    private List<Finding> run(@Nullable String publicUrl) {
        return Preflight.run(new ClusterSettings(kubeconfig, null), needs(publicUrl, "letsencrypt-prod", ""));
    }

    private static ClusterNeeds needs(@Nullable String publicUrl, String issuer, String ingressClass) {
        return new ClusterNeeds("agents", publicUrl, issuer, ingressClass);
    }

    private static void fatal(List<Finding> findings, String... words) {
        assertThat(findings)
                .filteredOn(Finding::isFatal)
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.sentence()).contains(words).doesNotContain("\n"));
    }

    private void warning(String... words) {
        assertThat(findings()).filteredOn(Finding::isProblem).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.sentence()).contains(words).doesNotContain("\n");
        });
    }

    private static void hangUp(ServerSocket mute) {
        try {
            while (true) {
                mute.accept().close();
            }
        } catch (IOException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpsServer selfSigned() throws Exception {
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "c",
                        "-dname",
                        "CN=127.0.0.1",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), null, null);
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls));
        https.start();
        return https;
    }
}
