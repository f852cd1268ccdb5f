package io.agentstation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentstation.cluster.quota.NamespaceQuota;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real kubectl against the simulated cluster. Skipped where none is installed; {@code .ci/run} installs one. */
class KubectlIT {

    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 1
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - {name: agent, image: "station-agent:1", env: [{name: STATION_AGENT_NAME, value: web}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {selector: {app: web}, ports: [{name: http, port: 8080}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web, annotations: {cert-manager.io/cluster-issuer: letsencrypt-prod}}
            spec:
              tls: [{hosts: [web.example.org], secretName: web-tls}]
              rules:
              - host: web.example.org
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}
            """;

    @TempDir
    private Path directory;

    private ClusterFixture fixture;
    private Kubectl kubectl;

    @BeforeEach
    void start() {
        assumeTrue(Kubectl.isInstalled(), "kubectl is not installed: apt-get install kubernetes-client");
        fixture = new ClusterFixture(
                directory, ClusterSettings.DEFAULTS.withQuota(new NamespaceQuota("agents", Map.of("pods", "6"))));
        kubectl = new Kubectl(directory, fixture.kubeconfig());
        apply("web.yaml", WEB);
        kubectl.run("rollout", "status", "deployment/web", "--timeout=20s");
    }

    @AfterEach
    void stop() {
        if (kubectl != null) {
            kubectl.close();
            fixture.close();
        }
    }

    private void apply(String file, String manifest) {
        try {
            kubectl.run(
                    "apply",
                    "-f",
                    Files.writeString(directory.resolve(file), manifest).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void getsInEveryForm() {
        assertThat(kubectl.run("get", "deploy,po,ing,events"))
                .containsPattern("NAME +READY +UP-TO-DATE +AVAILABLE +AGE\\ndeployment.apps/web +1/1 +1 +1 ")
                .containsPattern("NAME +READY +STATUS +RESTARTS +AGE\\npod/web-\\S+ +1/1 +Running +0 ")
                .containsPattern("ingress.networking.k8s.io/web +<none> +web.example.org +127.0.0.1 +80, 443 ")
                .containsPattern(
                        "Normal +ScalingReplicaSet +deployment/web +Scaled up replica set web-\\S+ from 0 to 1");
        assertThat(kubectl.run("get", "pods", "-o", "wide")).contains("simulated-node");
        assertThat(kubectl.run("get", "deployment", "web", "-o", "yaml"))
                .contains("kind: Deployment", "readyReplicas: 1");
        assertThat(kubectl.run("get", "quota")).contains("pods: 1/6");
        assertThat(kubectl.run("get", "all")).contains("replicaset.apps/web-", "service/web");
        assertThat(kubectl.run("get", "pods", "--field-selector", "status.phase=Failed"))
                .contains("No resources found");
    }

    @Test
    void describesWithTheEventsOfTheObject() {
        assertThat(kubectl.run("describe", "pod", "-l", "app=web"))
                .contains("Scheduled", "Pulled", "Started container agent", "State:          Running")
                .doesNotContain("ScalingReplicaSet");
        assertThat(kubectl.run("describe", "deployment", "web")).contains("NewReplicaSet:   web-", "ScalingReplicaSet");
        assertThat(kubectl.run("describe", "ingress", "web"))
                .contains("web-tls terminates web.example.org", "web:http");
    }

    @Test
    void readsAndFollowsLogs() {
        assertThat(kubectl.run("logs", "deployment/web", "--tail=100", "--timestamps"))
                .matches("(?s)\\d{4}-\\d\\d-\\d\\dT\\S+Z .+");

        Path followed = kubectl.stream("logs", "-f", "deployment/web");

        await().until(() -> Kubectl.text(followed).contains("running without a station"));
        apply("crash.yaml", WEB.replace("web", "crash").replace("station-agent:1", "simulate/crash-loop"));
        await().untilAsserted(() ->
                assertThat(kubectl.run("get", "pods", "-l", "app=crash")).containsPattern(" CrashLoopBackOff +[1-9]"));
        String pod = kubectl.run("get", "pods", "-l", "app=crash", "-o", "name").strip();
        assertThat(kubectl.run("logs", "--previous", pod)).contains("ends with exit code 1");
    }

    @Test
    void scalesDeletesAndRestarts() {
        Path watched = kubectl.stream("get", "pods", "-w");
        await().until(() -> Kubectl.text(watched).contains("Running"));

        kubectl.run("scale", "deployment/web", "--replicas=3");
        kubectl.run("rollout", "status", "deployment/web", "--timeout=20s");
        assertThat(kubectl.run("get", "deployment", "web")).contains("3/3");
        String first =
                kubectl.run("get", "pods", "-o", "name").lines().findFirst().orElseThrow();
        kubectl.run("delete", first);
        kubectl.run("rollout", "status", "deployment/web", "--timeout=20s");
        assertThat(kubectl.run("get", "pods", "-o", "name"))
                .doesNotContain(first)
                .hasLineCount(3);
        kubectl.run("rollout", "restart", "deployment/web");
        assertThat(kubectl.run("rollout", "status", "deployment/web", "--timeout=20s"))
                .contains("successfully rolled out");

        await().untilAsserted(() -> assertThat(Kubectl.text(watched)).contains("Pending", "Terminating"));
        assertThat(kubectl.run("get", "replicasets", "-o", "name")).hasLineCount(2);
    }

    @Test
    void showsTheCertificateAsTheGuideDoes() {
        await().untilAsserted(() -> assertThat(
                        kubectl.run("get", "certificate", "web-tls", "-n", "agents", "-o", "yaml"))
                .contains("kind: Certificate", "secretName: web-tls", "message: Certificate is up to date"));
        assertThat(kubectl.run("get", "certificates")).containsPattern("web-tls +True +web-tls ");
    }
}
