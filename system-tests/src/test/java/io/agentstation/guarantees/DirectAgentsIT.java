package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The example of docs/direct-agents.md, compiled and run as it is printed; and what it says of bad records. */
class DirectAgentsIT {

    private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @RegisterExtension
    static final OneStation STATION = new OneStation();

    private final StationClient client = STATION.client();

    @Test
    void theWorkedExampleActivatesItsAgentAndItsMetricsAreShown() throws Exception {
        String uuid = client.create("direct", ",\"image\":\"simulate/silent\"");

        compiledExample().invoke(null, (Object) new String[] {kafka(), uuid});

        client.awaitState(uuid, "ACTIVE", Duration.ofSeconds(10));
        Awaitility.await("metrics are shown").atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            JsonNode details = client.get("/api/agents/" + uuid).body();
            assertThat(details.at("/recentHeartbeats/0/uptime_seconds").asDouble())
                    .isEqualTo(1.5);
            assertThat(details.at("/recentMetrics/0/requests_handled").asInt()).isEqualTo(45);
        });
    }

    @Test
    void badRecordsOfOthersStopNobody() throws Exception {
        // Given
        String uuid = client.create("among-poison", ",\"image\":\"simulate/silent\"");
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka(), "acks", "all");

        // When poison and strangers come to every partition before the agent's own heartbeat
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (String topic : new String[] {"agent.heartbeats", "agent.metrics"}) {
                int partitions = producer.partitionsFor(topic).size();
                for (int partition = 0; partition < partitions; partition++) {
                    producer.send(new ProducerRecord<>(topic, partition, "nobody", "{not json"))
                            .get();
                    producer.send(new ProducerRecord<>(topic, partition, null, "null"))
                            .get();
                    producer.send(new ProducerRecord<>(
                                    topic,
                                    partition,
                                    "01a2017e-c629-70f9-aed2-6a546c07fdb8",
                                    "{\"mode\":\"IDLE\",\"uptime_seconds\":1}"))
                            .get();
                }
            }
            producer.send(new ProducerRecord<>("agent.heartbeats", uuid, "{\"mode\":\"IDLE\",\"uptime_seconds\":7}"))
                    .get();
        }

        // Then
        client.awaitState(uuid, "ACTIVE", Duration.ofSeconds(10));
        Awaitility.await("the heartbeat behind the poison is stored")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(client.get("/api/agents/" + uuid)
                                .body()
                                .at("/recentHeartbeats/0/uptime_seconds")
                                .asDouble())
                        .isEqualTo(7));
        assertThat(STATION.process().console()).doesNotContain("{not json");
    }

    private String kafka() {
        return STATION.process().endpoints().at("/kafka").asString();
    }

    private static Method compiledExample() throws IOException, ReflectiveOperationException {
        Matcher found = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "direct-agents.md")));
        assertThat(found.find()).as("a Java example in docs/direct-agents.md").isTrue();
        Path classes = Files.createTempDirectory(STATION.directory(), "example");
        Path source = Files.writeString(classes.resolve("DirectAgent.java"), found.group(1));
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(exit).as("the example compiles").isZero();
        URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, DirectAgentsIT.class.getClassLoader());
        return loader.loadClass("DirectAgent").getMethod("main", String[].class);
    }
}
