package io.agentstation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.cluster.apply.Json;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The way in: from a host over Ingress and Service to a ready pod, and the certificates of the hosts. */
class IngressIT {

    private final HttpClient http = HttpClient.newHttpClient();
    private ClusterFixture fixture;
    private KubernetesClient client;

    @BeforeEach
    void start(@TempDir Path directory) {
        fixture = new ClusterFixture(directory);
        client = fixture.client();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aHostLeadsToAReadyPodAndOnlyThen() throws Exception {
        assertThat(get("web.example.org").statusCode()).isEqualTo(404);
        assertThat(get("web.example.org").body()).contains("no Ingress of the cluster has the host web.example.org");

        expose("web", "station-agent:1");

        await().untilAsserted(
                        () -> assertThat(get("web.example.org").statusCode()).isEqualTo(200));
        JsonNode page = Json.read(get("WEB.example.org").body());
        assertThat(page.path("agent").asString("")).isEqualTo("web");
        assertThat(page.path("pod").asString("")).startsWith("web-");
        assertThat(get("web.example.org").body()).doesNotContain("agt_").endsWith("}\n");
        client.apps().deployments().inNamespace("agents").withName("web").scale(0);
        await().untilAsserted(
                        () -> assertThat(get("web.example.org").statusCode()).isEqualTo(503));
        assertThat(get("web.example.org").body()).contains("no pod behind the Service agents/web");
    }

    @Test
    void whatIsNotReadyIsNotAskedAndWhatDoesNotListenIsTold() throws Exception {
        expose("unready", "simulate/never-ready");
        expose("mute", "simulate/silent");

        await().untilAsserted(
                        () -> assertThat(get("mute.example.org").statusCode()).isEqualTo(502));
        assertThat(get("unready.example.org").statusCode()).isEqualTo(503);
    }

    @Test
    void anAnnotatedIngressGetsItsCertificateAndTheSecret() {
        expose("web", "simulate/silent");

        await().untilAsserted(() -> assertThat(condition("web-tls", "Ready"))
                .containsExactly("True", "Ready", "Certificate is up to date and has not expired"));
        Secret secret =
                client.secrets().inNamespace("agents").withName("web-tls").get();
        assertThat(secret.getType()).isEqualTo("kubernetes.io/tls");
        assertThat(secret.getData()).containsOnlyKeys("tls.crt", "tls.key");
        assertThat(secret.getMetadata().getOwnerReferences()).isEmpty();
        await().untilAsserted(() -> assertThat(client.network()
                        .v1()
                        .ingresses()
                        .inNamespace("agents")
                        .withName("web")
                        .get()
                        .getStatus()
                        .getLoadBalancer()
                        .getIngress())
                .isNotEmpty());
    }

    @Test
    void theSecretIsMadeAgainAndStaysWhenTheIngressGoes() {
        expose("web", "simulate/silent");
        await().until(() -> secret("web-tls") != null);

        client.resource(secret("web-tls")).delete();
        await().until(() -> secret("web-tls") != null);
        client.network().v1().ingresses().inNamespace("agents").withName("web").delete();

        await().until(() -> certificate("web-tls") == null);
        assertThat(secret("web-tls")).isNotNull();
    }

    @Test
    void aPendingCertificateStaysPending() {
        client.resource(Manifests.deployment("late", "simulate/certificate-pending"))
                .create();

        expose("late", "simulate/certificate-pending");

        await().untilAsserted(() -> assertThat(condition("late-tls", "Ready"))
                .containsExactly("False", "DoesNotExist", "Issuing certificate as Secret does not exist"));
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5)).until(() -> secret("late-tls") == null);
        await().untilAsserted(() -> assertThat(get("late.example.org").statusCode())
                .as("the agent itself is as any other")
                .isEqualTo(200));
    }

    private void expose(String name, String image) {
        client.resource(new ServiceBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withName(name)
                                .withNamespace("agents")
                                .build())
                        .withNewSpec()
                        .withSelector(Map.of("app", name))
                        .addNewPort()
                        .withName("http")
                        .withPort(8080)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        client.resource(new IngressBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withName(name)
                                .withNamespace("agents")
                                .withAnnotations(Map.of("cert-manager.io/cluster-issuer", "letsencrypt-prod"))
                                .build())
                        .withNewSpec()
                        .addNewTl()
                        .withHosts(name + ".example.org")
                        .withSecretName(name + "-tls")
                        .endTl()
                        .addNewRule()
                        .withHost(name + ".example.org")
                        .withNewHttp()
                        .addNewPath()
                        .withPath("/")
                        .withPathType("Prefix")
                        .withNewBackend()
                        .withNewService()
                        .withName(name)
                        .withNewPort()
                        .withName("http")
                        .endPort()
                        .endService()
                        .endBackend()
                        .endPath()
                        .endHttp()
                        .endRule()
                        .endSpec()
                        .build())
                .create();
        client.resource(Manifests.deployment(name, image, Manifests.value("STATION_AGENT_NAME", name)))
                .serverSideApply();
    }

    private HttpResponse<String> get(String host) throws Exception {
        URI uri = fixture.cluster().ingressUrl();
        return http.send(
                HttpRequest.newBuilder(uri).header("X-Forwarded-Host", host).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Secret secret(String name) {
        return client.secrets().inNamespace("agents").withName(name).get();
    }

    private GenericKubernetesResource certificate(String name) {
        return client.genericKubernetesResources("cert-manager.io/v1", "Certificate")
                .inNamespace("agents")
                .withName(name)
                .get();
    }

    private List<String> condition(String name, String type) {
        JsonNode certificate = Json.read(Serialization.asJson(certificate(name)));
        return certificate
                .path("status")
                .path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asString("").equals(type))
                .flatMap(condition -> List.of(
                        condition.path("status").asString(""),
                        condition.path("reason").asString(""),
                        condition.path("message").asString(""))
                        .stream())
                .toList();
    }
}
