package io.agentstation.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.agentstation.contracts.clusters.ClusterReport;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.liveness.AvailabilityHour;
import io.agentstation.contracts.liveness.DetectorReport;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.metrics.MetricsRollup;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.policies.WorkspacePolicies;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.webhooks.WebhookOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code docs/asyncapi.yaml} against the code: its topics, its messages, and records of each against its schema. */
class AsyncApiTest {

    private static final Path FILE = Path.of("..", "docs", "asyncapi.yaml");
    private static final Map<Class<?>, Topic> TOPICS = Map.ofEntries(
            Map.entry(AgentCommand.class, Topic.COMMANDS),
            Map.entry(Heartbeat.class, Topic.HEARTBEATS),
            Map.entry(Tick.class, Topic.HEARTBEATS),
            Map.entry(MetricsReport.class, Topic.METRICS),
            Map.entry(Observation.class, Topic.OBSERVATIONS),
            Map.entry(LifecycleEvent.class, Topic.LIFECYCLE),
            Map.entry(MetricsRollup.class, Topic.METRICS_ROLLUPS),
            Map.entry(AvailabilityHour.class, Topic.AVAILABILITY),
            Map.entry(FleetCounts.class, Topic.FLEET),
            Map.entry(WorkspacePolicies.class, Topic.POLICIES),
            Map.entry(DetectorReport.class, Topic.DETECTOR),
            Map.entry(ClusterReport.class, Topic.CLUSTERS),
            Map.entry(WebhookOrder.class, Topic.WEBHOOK_ORDERS));

    private final JsonNode document = read();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static JsonNode read() {
        try {
            Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE));
            return Wire.mapper().valueToTree(yaml);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private JsonNode followed(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    private Map<String, JsonNode> messages(Topic topic) {
        return document.path("channels")
                .valueStream()
                .filter(channel -> channel.path("address").asString().equals(topic.topicName()))
                .flatMap(channel -> channel.path("messages").propertyStream())
                .collect(Collectors.toMap(Map.Entry::getKey, message -> followed(message.getValue())));
    }

    private List<String> problems(JsonNode schema, JsonNode value) {
        ObjectNode closed = (ObjectNode) document.path("components").deepCopy();
        closed.path("schemas").forEach(AsyncApiTest::close);
        ObjectNode root = Wire.mapper().createObjectNode();
        root.set("components", closed);
        root.putArray("allOf").add(schema);
        return registry
                .getSchema(root)
                .validate(value, execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(problem -> problem.getInstanceLocation() + ": " + problem.getMessage())
                .toList();
    }

    /** A field that is not documented is to be found, though readers may meet one. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties")) {
            object.put("additionalProperties", false);
        }
    }

    @Test
    void itsTopicsAreTheCodes() {
        List<String> addresses = document.path("channels")
                .valueStream()
                .map(channel -> channel.path("address").asString())
                .toList();
        List<String> topics = Stream.concat(
                        Arrays.stream(Topic.values()).map(Topic::topicName), Stream.of("{topic}-dlt"))
                .toList();

        assertThat(addresses).containsExactlyInAnyOrderElementsOf(topics);
        assertThat(document.at("/channels/deadLetters/parameters/topic/enum")
                        .valueStream()
                        .map(topic -> topic.asString() + "-dlt"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Topic.values()).map(Topic::deadLetterName).toList());
        assertThat(TOPICS.values()).as("a record of each is tested here").contains(Topic.values());
    }

    static Stream<GoldenMessagesTest.Golden> messages() {
        return GoldenMessagesTest.messages().filter(golden -> TOPICS.containsKey(golden.readAs()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aRecordIsAsOneOfItsTopicsMessagesSays(GoldenMessagesTest.Golden golden) {
        assertThat(matching(golden)).hasSize(1);
    }

    @Test
    void everyMessageIsThatOfARecord() {
        Set<String> found = new TreeSet<>(Set.of("probe", "deadLetter"));
        messages().forEach(golden -> found.addAll(matching(golden)));

        assertThat(document.at("/components/messages").propertyNames()).containsExactlyInAnyOrderElementsOf(found);
        assertThat(document.at("/components/messages/probe/payload"))
                .as("a probe is a heartbeat with another header")
                .isEqualTo(document.at("/components/messages/heartbeat/payload"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aRecordWithAFieldMoreOrLessIsFound(GoldenMessagesTest.Golden golden) {
        ObjectNode record = (ObjectNode) Wire.mapper().readTree(Wire.write(golden.message()));
        JsonNode schema = payload(golden);
        assertThat(problems(schema, record)).isEmpty();

        assertThat(problems(schema, record.deepCopy().put("more", 1))).isNotEmpty();
        String first = record.propertyNames().iterator().next();
        assertThat(problems(schema, record.deepCopy().without(first))).isNotEmpty();
    }

    private JsonNode payload(GoldenMessagesTest.Golden golden) {
        return messages(topic(golden))
                .getOrDefault(matching(golden).get(0), Wire.mapper().missingNode())
                .path("payload");
    }

    private static Topic topic(GoldenMessagesTest.Golden golden) {
        return java.util.Objects.requireNonNull(TOPICS.get(golden.readAs()));
    }

    /** The names of the messages that a record may be, without the probe, which only its header tells from a heartbeat. */
    private List<String> matching(GoldenMessagesTest.Golden golden) {
        JsonNode record = Wire.mapper().readTree(Wire.write(golden.message()));
        Map<String, JsonNode> candidates = new HashMap<>(messages(topic(golden)));
        candidates.remove("probe");
        return candidates.entrySet().stream()
                .filter(message ->
                        problems(message.getValue().path("payload"), record).isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void keysAndHeadersAreTheCodes() {
        WorkspaceId acme = WorkspaceId.of("acme");
        Map<String, String> keys = Map.of(
                "heartbeat", "0190a5c0-0000-7000-8000-000000000001",
                "fleetCounts", FleetCounts.key(acme, 5),
                "workspacePolicies", acme.value(),
                "detectorReport", DetectorReport.key(5),
                "clusterReport", ClusterReport.DEFAULT_CLUSTER);
        keys.forEach((message, key) -> assertThat(problems(
                        document.at("/components/messages/" + message + "/bindings/kafka/key"),
                        Wire.mapper().valueToTree(key)))
                .as(message)
                .isEmpty());
        assertThat(document.at("/components/messages/tick/headers/properties/type/const")
                        .asString())
                .isEqualTo(RecordHeaders.TYPE_TICK);
        assertThat(document.at("/components/messages/probe/headers/properties/type/const")
                        .asString())
                .isEqualTo(RecordHeaders.TYPE_PROBE);
        assertThat(document.at("/components/messages/tick/headers/properties").propertyNames())
                .containsExactlyInAnyOrder(RecordHeaders.TYPE, RecordHeaders.HMAC);
        assertThat(document.at("/components/messages/deadLetter/headers/properties")
                        .propertyNames())
                .containsExactly(RecordHeaders.REASON);
    }
}
