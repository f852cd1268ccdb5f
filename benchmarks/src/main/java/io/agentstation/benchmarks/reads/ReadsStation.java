package io.agentstation.benchmarks.reads;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.embedded.EmbeddedBroker;
import io.agentstation.embedded.EmbeddedCassandra;
import io.agentstation.embedded.process.JvmSettings;
import io.agentstation.gateway.keys.ApiKeyMint;
import io.agentstation.standalone.topics.TopicCreation;
import io.agentstation.store.keys.ApiKeys;
import io.agentstation.store.keys.Grant;
import io.agentstation.store.keys.Role;
import io.agentstation.store.keys.Tier;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A real Cassandra, a real broker and a gateway, each a process of its own. */
final class ReadsStation implements AutoCloseable {

    private static final int CASSANDRA_MEGABYTES = 768;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final EmbeddedBroker broker;
    private EmbeddedCassandra cassandra;
    private final GatewayProcess gateway;
    private final Store store;
    private final String key;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Starts them.
     *
     * @param gatewayMegabytes the gateway's largest heap
     */
    ReadsStation(Path directory, int gatewayMegabytes) throws IOException {
        this.directory = directory;
        this.broker = EmbeddedBroker.start(directory.resolve("kafka"));
        TopicCreation.run(broker.bootstrapServers());
        this.cassandra = startCassandra();
        StationKey stationKey = StationKey.parse(StationKey.format(new byte[StationKey.LENGTH]));
        Path keyFile =
                Files.writeString(directory.resolve("station-key"), StationKey.format(new byte[StationKey.LENGTH]));
        this.gateway = GatewayProcess.start(
                gatewayMegabytes,
                directory,
                Map.of(
                        "spring.kafka.bootstrap-servers",
                        broker.bootstrapServers(),
                        "station.store.contact-points",
                        cassandra.contactPoint(),
                        "station.store.local-datacenter",
                        cassandra.localDatacenter(),
                        "station.store.request-timeout",
                        PATIENCE,
                        "station.key-file",
                        keyFile,
                        "station.gateway.exports.per-workspace",
                        4,
                        "server.port",
                        0));
        this.store = StoreSession.open(settings());
        ApiKeyMint.Minted minted = new ApiKeyMint(stationKey, Clock.systemUTC())
                .mint(Grant.of(WorkspaceId.of("bench"), Role.MEMBER, Tier.UNLIMITED), "bench");
        boolean unused = new ApiKeys(store).insert(minted.stored());
        this.key = minted.text();
    }

    private EmbeddedCassandra startCassandra() {
        return EmbeddedCassandra.start(
                directory.resolve("cassandra"), JvmSettings.ofThisJvm().withHeapMegabytes(CASSANDRA_MEGABYTES));
    }

    private StoreSettings settings() {
        return new StoreSettings(
                List.of(cassandra.contactPoint()), cassandra.localDatacenter(), null, null, PATIENCE, null);
    }

    /** Stops Cassandra and starts it again: what was in memory is then on disk. */
    StoreSettings restartCassandra() {
        cassandra.close();
        cassandra = startCassandra();
        return settings();
    }

    Store store() {
        return store;
    }

    GatewayProcess gateway() {
        return gateway;
    }

    AgentId createAgent(String name) throws IOException, InterruptedException {
        HttpResponse<InputStream> created =
                send(request("/api/agents").POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}")));
        try (InputStream body = created.body()) {
            JsonNode answer = Wire.mapper().readTree(body);
            return AgentId.of(answer.at("/agent/uuid").asString());
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .setHeader("Authorization", "Bearer " + key)
                .setHeader("Content-Type", "application/json");
    }

    /** Sends it; fails unless the answer is a success. */
    HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(
                    answer + ": " + new String(answer.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return answer;
    }

    @Override
    public void close() {
        store.close();
        gateway.close();
        cassandra.close();
        broker.close();
    }
}
