package io.agentstation.provisioner.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.HeartbeatSource;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever users write, the manifests are valid and what they wrote stays in its field. */
class RandomSpecsTest {

    private static final int SPECS = 10_000;
    private static final ManifestSettings SETTINGS = new ManifestSettings(
            "station-1",
            "agents",
            "is.plugged.in",
            URI.create("https://station.example"),
            "letsencrypt-prod",
            null,
            null,
            "example/station-agent:1");

    private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final String SERVICE_NAME = "[a-z]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final String LABEL_VALUE = "(([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9])?";
    private static final String ANNOTATION_KEY = "([a-z0-9.-]+/)?[A-Za-z0-9][-A-Za-z0-9_.]{0,61}[A-Za-z0-9]";

    /** What has broken out of fields elsewhere. */
    private static final List<String> NASTY = List.of(
            "\r\n",
            "\n---\nkind: Pod\n",
            "\nmetadata:\n  name: evil",
            "\": \"x\", \"injected\": \"",
            "{{ .Values.secret }}",
            "${jndi:ldap://evil}",
            "*anchor &ref !!binary |",
            "'; DROP TABLE agents; --",
            "\u2028\u202e\ufeff",
            "\ud83d\ude80",
            "yes",
            "null",
            "~",
            "0x1F",
            "1e3",
            "2026-01-01",
            "# comment",
            "\t\u0007\u007f\u0085",
            "<script>",
            "%0d%0a");

    @Test
    void tenThousandRandomSpecsGiveValidManifestsFromWhichNothingBreaksOut() {
        long seed = System.nanoTime();
        System.out.println("seed of the random specs: " + seed);
        Random random = new Random(seed);

        for (int i = 0; i < SPECS; i++) {
            DesiredAgent agent = agent(random);
            Map<String, String> values = agent.spec().environment().stream()
                    .collect(Collectors.toMap(name -> name, name -> text(random), (a, b) -> a, TreeMap::new));
            List<HasMetadata> objects = objects(agent, values);

            for (HasMetadata object : objects) {
                checkMetadata(seed, object, agent);
                assertThat((Object) Serialization.unmarshal(Serialization.asJson(object), object.getClass()))
                        .as("seed %s, JSON of %s", seed, object.getKind())
                        .isEqualTo(object);
            }
            // What users wrote is the same in all of them: one is enough for the slower form.
            HasMetadata anchor = objects.get(0);
            assertThat((Object) Serialization.unmarshal(Serialization.asYaml(anchor), anchor.getClass()))
                    .as("seed %s, YAML", seed)
                    .isEqualTo(anchor);
            checkUserText(seed, agent, values, objects);
        }
    }

    /** The control of the check above: text pasted into YAML does break out. */
    @Test
    void textThatIsPastedBreaksOut() {
        String pasted = "metadata:\n  annotations:\n    note: x" + "\n  name: evil";

        HasMetadata read = Serialization.unmarshal(pasted, ConfigMap.class);

        assertThat(read.getMetadata().getName()).isEqualTo("evil");
    }

    private static void checkMetadata(long seed, HasMetadata object, DesiredAgent agent) {
        var meta = object.getMetadata();
        String name = object.getKind().equals("Service") ? SERVICE_NAME : "[a-z0-9]([-a-z0-9]{0,251}[a-z0-9])?";
        assertThat(meta.getName()).as("seed %s", seed).matches(name);
        assertThat(meta.getLabels().values())
                .as("seed %s", seed)
                .allSatisfy(value -> assertThat(value).matches(LABEL_VALUE));
        assertThat(meta.getAnnotations().keySet())
                .as("seed %s", seed)
                .allSatisfy(key -> assertThat(key).matches(ANNOTATION_KEY));
        assertThat(meta.getLabels()).containsEntry(Labels.AGENT, agent.agentId().toString());
        assertThat(meta.getNamespace()).isEqualTo("agents");
    }

    /** The description and the labels are found again, character by character, and nowhere but in their annotations. */
    private static void checkUserText(
            long seed, DesiredAgent agent, Map<String, String> values, List<HasMetadata> objects) {
        for (HasMetadata object : objects) {
            Map<String, String> annotations = object.getMetadata().getAnnotations();
            assertThat(annotations.get(Annotations.DESCRIPTION))
                    .as("seed %s", seed)
                    .isEqualTo(agent.spec().description());
            if (!agent.spec().labels().isEmpty()) {
                Map<?, ?> read = Serialization.unmarshal(annotations.get(Annotations.USER_LABELS), TreeMap.class);
                assertThat((Object) read)
                        .as("seed %s", seed)
                        .isEqualTo(agent.spec().labels());
            }
        }
        Secret secret = objects.stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .findFirst()
                .orElseThrow();
        values.forEach((name, value) -> assertThat(
                        new String(Base64.getDecoder().decode(secret.getData().get(name)), StandardCharsets.UTF_8))
                .as("seed %s, variable %s", seed, name)
                .isEqualTo(value));
        assertThat(secret.getData()).hasSize(values.size() + 1);
    }

    private static List<HasMetadata> objects(DesiredAgent agent, Map<String, String> values) {
        AgentObjects manifests = new AgentObjects(agent, SETTINGS, "agt_token", values);
        List<HasMetadata> all = new ArrayList<>(List.of(manifests.anchor()));
        all.addAll(manifests.owned("anchor-uid"));
        return all;
    }

    private static DesiredAgent agent(Random random) {
        SortedMap<String, String> labels = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            labels.put(text(random), text(random));
        }
        TreeSet<String> variables = new TreeSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            variables.add("V" + random.nextInt(1_000) + "_x.y-z".substring(0, random.nextInt(7)));
        }
        AgentSpec spec = new AgentSpec(
                WorkspaceId.of("w" + random.nextInt(100)),
                name(random),
                random.nextBoolean() ? null : text(random),
                "registry.example/a" + random.nextInt(100) + ":1",
                Resources.DEFAULT,
                random.nextInt(5),
                1 + random.nextInt(65_535),
                labels,
                variables,
                UnhealthyPolicy.INHERIT,
                heartbeat(random));
        var provision = Samples.provision(Samples.fresh(), spec);
        return new DesiredAgent(
                random.nextInt(64),
                provision.agentId(),
                random.nextInt(1_000),
                1 + random.nextInt(10),
                io.agentstation.store.desired.Phase.RUN,
                spec,
                provision.commandId(),
                provision.operation(),
                text(random),
                random.nextInt(3));
    }

    private static @Nullable HeartbeatSource heartbeat(Random random) {
        if (random.nextInt(3) == 0) {
            return null;
        }
        return random.nextBoolean() ? HeartbeatSource.AGENT : HeartbeatSource.SIDECAR;
    }

    private static String name(Random random) {
        String alphabet = "abcxyz0123456789-";
        int length = 1 + random.nextInt(63);
        String name = random.ints(length, 0, alphabet.length())
                .mapToObj(i -> alphabet.substring(i, i + 1))
                .collect(Collectors.joining());
        String trimmed = name.replaceAll("^-+|-+$", "");
        return trimmed.matches(DNS_LABEL) ? trimmed : "a";
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            if (random.nextInt(3) == 0) {
                text.appendCodePoint(codePoint(random));
            } else {
                text.append(NASTY.get(random.nextInt(NASTY.size())));
            }
        }
        return text.toString();
    }

    /** Any character but those that the gateway refuses: U+0000 and lone surrogates. */
    private static int codePoint(Random random) {
        int point = 1 + random.nextInt(0x10FFFD);
        return point >= 0xD800 && point <= 0xDFFF ? 'x' : point;
    }
}
