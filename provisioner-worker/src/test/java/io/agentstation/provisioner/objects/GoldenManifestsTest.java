package io.agentstation.provisioner.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.provisioner.fold.Decision;
import io.agentstation.provisioner.fold.Fold;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code in-*.json}, a desired state, becomes exactly {@code out-*.yaml}, the objects in the order of their apply. */
class GoldenManifestsTest {

    private static final ManifestSettings SETTINGS = new ManifestSettings(
            "station-1",
            "agents",
            "is.plugged.in",
            URI.create("https://station.example"),
            "letsencrypt-prod",
            null,
            null,
            "example/station-agent:1");

    @ParameterizedTest
    @ValueSource(strings = {"plain", "everything", "digit", "sidecar"})
    void theObjectsAreExactlyThese(String name) throws IOException {
        DesiredAgent agent = Wire.readText(resource("in-" + name + ".json"), DesiredAgent.class);

        String objects =
                objects(agent, SETTINGS).stream().map(Serialization::asYaml).collect(Collectors.joining());

        assertThat(objects).isEqualTo(resource("out-" + name + ".yaml"));
    }

    @Test
    void withoutAnIssuerNoCertificateIsAskedForAndAClassIsNamed() throws IOException {
        DesiredAgent agent = Wire.readText(resource("in-plain.json"), DesiredAgent.class);
        ManifestSettings settings = new ManifestSettings(
                "station-1", "agents", "example.org", SETTINGS.publicUrl(), null, "nginx", "lb.example.net", "agent:1");

        String ingress = Serialization.asYaml(objects(agent, settings).get(5));

        assertThat(ingress)
                .doesNotContain("cert-manager")
                .contains(
                        "ingressClassName: \"nginx\"",
                        "external-dns.alpha.kubernetes.io/target: \"lb.example.net\"",
                        "external-dns.alpha.kubernetes.io/hostname: \""
                                + agent.spec().name() + ".example.org\"");
    }

    @Test
    void whatUsersWroteIsOnlyInAnnotations() throws IOException {
        DesiredAgent agent = Wire.readText(resource("in-everything.json"), DesiredAgent.class);

        List<HasMetadata> objects = objects(agent, SETTINGS);

        assertThat(objects).allSatisfy(object -> {
            assertThat(object.getMetadata().getLabels().toString()).doesNotContain("team", "Answers");
            assertThat(object.getMetadata().getAnnotations().toString()).contains("team", "Answers");
        });
    }

    // Whatever of it got into a pod's template would replace the pods.
    @ParameterizedTest
    @ValueSource(strings = {"plain", "everything"})
    void aPolicyIsNoPartOfAnyObject(String name) throws IOException {
        DesiredAgent agent = Wire.readText(resource("in-" + name + ".json"), DesiredAgent.class);
        AgentCommand kill = Samples.policy(agent.agentId(), new UnhealthyPolicy(UnhealthyPolicy.Action.KILL, 20));

        Decision decision = Fold.next(Optional.of(agent), kill, agent.partition(), agent.appliedOffset() + 1);

        assertThat(decision).isInstanceOfSatisfying(Decision.Advance.class, advance -> {
            assertThat(advance.next().spec()).isNotEqualTo(agent.spec());
            assertThat(objects(advance.next(), SETTINGS)).isEqualTo(objects(agent, SETTINGS));
        });
    }

    // Kubernetes does not restart pods whose Secret has changed.
    @Test
    void anotherValueOfAVariableIsAnotherPodTemplate() throws IOException {
        DesiredAgent agent = Wire.readText(resource("in-everything.json"), DesiredAgent.class);
        String variable = agent.spec().environment().first();

        DesiredAgent changed = after(agent, Samples.environment(agent.agentId(), Map.of(variable, "v1")));
        DesiredAgent again = after(changed, Samples.environment(agent.agentId(), Map.of(variable, "v2")));

        assertThat(List.of(template(agent), template(changed), template(again))).doesNotHaveDuplicates();
        assertThat(template(changed)).contains("agentstation.io/environment-version");
    }

    private static DesiredAgent after(DesiredAgent agent, AgentCommand command) {
        Decision decision = Fold.next(Optional.of(agent), command, agent.partition(), agent.appliedOffset() + 1);
        assertThat(decision).isInstanceOf(Decision.Advance.class);
        return ((Decision.Advance) decision).next();
    }

    private static String template(DesiredAgent agent) {
        return objects(agent, SETTINGS).stream()
                .filter(object -> object.getKind().equals("Deployment"))
                .map(Serialization::asYaml)
                .collect(Collectors.joining());
    }

    private static List<HasMetadata> objects(DesiredAgent agent, ManifestSettings settings) {
        Map<String, String> values = agent.spec().environment().stream()
                .collect(Collectors.toMap(Function.identity(), variable -> "value of " + variable));
        AgentObjects manifests = new AgentObjects(agent, settings, "agt_token", values);
        List<HasMetadata> all = new ArrayList<>(List.of(manifests.anchor()));
        all.addAll(manifests.owned("anchor-uid"));
        return all;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = GoldenManifestsTest.class.getResourceAsStream("/manifests/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
