package io.agentstation.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.architecture.Sources;
import io.agentstation.contracts.topics.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code infra/topics.yaml} says of each topic what the code says, and what production adds to it. */
class TopicsFileTest {

    private static final Map<String, String> PRODUCTION =
            Map.of("min.insync.replicas", "2", "unclean.leader.election.enable", "false");

    private record Entry(String name, int partitions, int replicationFactor, Map<String, String> config) {}

    private final List<Entry> file = read();

    @Test
    void everyTopicAndItsDeadLetterTopicIsThereOnce() {
        assertThat(file.stream().map(Entry::name))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Topic.values())
                        .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterName()))
                        .toList());
    }

    @Test
    void everyTopicIsConfiguredAsTheCodeSaysAndForProduction() {
        for (Topic topic : Topic.values()) {
            Map<String, String> wanted = new TreeMap<>(topic.configuration());
            wanted.putAll(PRODUCTION);
            assertThat(entry(topic.topicName()).config()).as(topic.topicName()).isEqualTo(wanted);
        }
    }

    @Test
    void deadLettersAreKeptForAMonth() {
        for (Topic topic : Topic.values()) {
            Map<String, String> wanted = new TreeMap<>(PRODUCTION);
            wanted.putAll(Map.of(
                    "message.timestamp.type", "LogAppendTime",
                    "cleanup.policy", "delete",
                    "retention.ms", "2592000000"));
            assertThat(entry(topic.deadLetterName()).config())
                    .as(topic.deadLetterName())
                    .isEqualTo(wanted);
        }
    }

    @Test
    void everyTopicHas64PartitionsAndThreeReplicas() {
        assertThat(file).allSatisfy(entry -> {
            assertThat(entry.partitions()).as(entry.name()).isEqualTo(64);
            assertThat(entry.replicationFactor()).as(entry.name()).isEqualTo(3);
        });
    }

    private Entry entry(String name) {
        return file.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("infra/topics.yaml has no " + name));
    }

    @SuppressWarnings("unchecked")
    private static List<Entry> read() {
        Map<String, List<Map<String, Object>>> yaml = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Sources.text(Sources.root().resolve("infra/topics.yaml")));
        return yaml.getOrDefault("topics", List.of()).stream()
                .map(topic -> new Entry(
                        String.valueOf(topic.get("name")),
                        (Integer) topic.getOrDefault("partitions", 0),
                        (Integer) topic.getOrDefault("replicationFactor", 0),
                        texts((Map<String, Object>) topic.getOrDefault("config", Map.of()))))
                .toList();
    }

    private static Map<String, String> texts(Map<String, Object> config) {
        return new TreeMap<>(config.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue()))));
    }
}
