package io.agentstation.gateway.openapi;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.inspection.AgentOnCluster;
import io.agentstation.contracts.inspection.LogLine;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.webhooks.WebhookOrder;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.inspection.PlayedProvisioner;
import io.agentstation.gateway.kafka.TopicTail;
import io.agentstation.store.webhooks.DeliveryAttempt;
import io.agentstation.store.webhooks.DeliveryAttempt.Outcome;
import io.agentstation.store.webhooks.DeliveryLog;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a workspace has that operations can be asked about: agents in every state, subscriptions, deliveries. A provisioner and
 * a webhook dispatcher are played, so that whatever needs them is answered.
 */
public final class Targets implements AutoCloseable {

    private static final LogLine LINE =
            new LogLine(Instant.parse("2026-11-22T08:00:45.123456789Z"), "pod-1", "agent", 0, "hello \n \"world\"");
    private static final AgentOnCluster ON_CLUSTER = new AgentOnCluster(
            List.of(new AgentOnCluster.PodReport(
                    "pod-1",
                    "Running",
                    true,
                    false,
                    "node-1",
                    null,
                    null,
                    LINE.at(),
                    List.of(new AgentOnCluster.ContainerReport(
                            "agent", "example/image:1", true, 1, "running", null, null, 137, "OOMKilled")))),
            List.of(new AgentOnCluster.EventReport("Normal", "Pulled", "pulled", "Pod/pod-1", 1, null, LINE.at())));

    private static final long REPORT_EVERY = 10;

    private final OtherServices others;
    private final Http user;
    private final Http holder;
    private final DeliveryLog log;
    private final PlayedProvisioner provisioner;
    private final TopicTail orders;

    @Nullable
    private UUID looked;

    // What a provisioner said a minute ago counts no more.
    private final ScheduledExecutorService reports = Executors.newSingleThreadScheduledExecutor();

    /** Of this workspace, on the shared station. */
    public Targets(Station station, WorkspaceId workspace) throws IOException, InterruptedException {
        this.others = new OtherServices(station);
        this.user = station.http(workspace);
        this.holder = station.http(workspace, "station");
        this.log = new DeliveryLog(station.store());
        this.provisioner = new PlayedProvisioner();
        provisioner.answer = PlayedProvisioner.lines(Wire.writeText(LINE), "\"end\"");
        provisioner.kubernetes = Targets::onCluster;
        provisioner.announce();
        var unused =
                reports.scheduleWithFixedDelay(provisioner::announce, REPORT_EVERY, REPORT_EVERY, TimeUnit.SECONDS);
        this.orders = new TopicTail(
                Topic.WEBHOOK_ORDERS,
                TopicTail.From.END,
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, station.bootstrapServers()),
                this::dispatch,
                () -> {});
        orders.start(Duration.ofSeconds(10));
    }

    private static void onCluster(OutputStream out) throws IOException {
        out.write(Wire.write(ON_CLUSTER));
    }

    private void dispatch(ConsumerRecord<byte[], byte[]> record) {
        if (Wire.read(record.value(), WebhookOrder.class) instanceof WebhookOrder.Test test) {
            write(test.webhook(), test.delivery(), null);
        }
    }

    /** A path of the operation with fresh ids of what it is about, in a state in which it can be asked for. */
    public String path(Operation operation) {
        String path = operation.path();
        if (path.startsWith("/api/webhooks/{id}")) {
            UUID webhook = operation.method().equals("GET") ? read() : webhook();
            return path.replace("{id}", webhook.toString())
                    .replace("{delivery}", delivery(webhook).toString());
        }
        if (path.contains("{key_id}")) {
            return path.replace("{key_id}", key());
        }
        if (path.contains("{workspace_id}")) {
            return path.replace("{workspace_id}", tenant());
        }
        return path.contains("{id}") ? path.replace("{id}", agent(operation).toString()) : path;
    }

    /** Whether a key with the scope station is the least that certainly opens it. */
    public static boolean isForTheStation(Operation operation) {
        return operation.id().equals("killAgent")
                || Stream.of("/api/keys", "/api/workspaces", "/api/audit").anyMatch(operation.path()::startsWith);
    }

    private AgentId agent(Operation operation) {
        AgentId agent = active();
        if (operation.id().equals("endDrain")) {
            user.post("/api/agents/" + agent + "/drain", "{}");
            others.transition(agent, EventType.DRAINING, AgentState.DRAINING);
        }
        return agent;
    }

    /** The operation's example, changed where it is of one moment or can be had once only. */
    public static ObjectNode body(Operation operation) {
        ObjectNode body = (ObjectNode) operation.bodyExample().orElseThrow().deepCopy();
        switch (operation.id()) {
            case "createAgent" -> body.put("name", Station.name());
            case "createWorkspace" -> body.put("id", Station.name());
            case "replay" ->
                body.put("since", Instant.now().minusSeconds(60).toString()).remove("until");
            default -> {}
        }
        return body;
    }

    /** A new agent. */
    public AgentId fresh() {
        return AgentId.of(user.post("/api/agents", "{\"name\":\"" + Station.name() + "\"}")
                .body()
                .at("/agent/uuid")
                .asString());
    }

    /** An agent that lives and has reported. */
    public AgentId active() {
        AgentId agent = fresh();
        others.activate(agent);
        return agent;
    }

    /** An agent that has ended. */
    public AgentId ended() {
        AgentId agent = active();
        others.end(agent, EventType.TERMINATED);
        return agent;
    }

    // A workspace may have 50: whoever only looks takes the same one.
    private synchronized UUID read() {
        if (looked == null) {
            looked = webhook();
        }
        return looked;
    }

    /** A subscription. */
    public UUID webhook() {
        return UUID.fromString(user.post("/api/webhooks", "{\"url\":\"https://example.com/hook\"}")
                .body()
                .path("id")
                .asString());
    }

    /** A key that nobody uses. */
    private String key() {
        return holder.post("/api/keys", "{\"name\":\"a key\",\"workspace_id\":\"" + tenant() + "\"}")
                .body()
                .path("key_id")
                .asString();
    }

    /** A workspace without agents. */
    public String tenant() {
        return holder.post("/api/workspaces", "{\"id\":\"" + Station.name() + "\"}")
                .body()
                .path("id")
                .asString();
    }

    /** A delivery of a subscription. */
    public UUID delivery(UUID webhook) {
        UUID id = new UUID(
                System.currentTimeMillis() << 16 | 0x7000, UUID.randomUUID().getLeastSignificantBits());
        write(webhook, id, new AgentId(UUID.randomUUID()));
        return id;
    }

    private void write(UUID webhook, UUID id, @Nullable AgentId agent) {
        DeliveryAttempt attempt = new DeliveryAttempt(
                webhook, id, "m-1", "agent.created", agent, 1, "{}", 1, Outcome.DELIVERED, 200, 12, "ok", null, null);
        log.write(attempt).toCompletableFuture().join();
    }

    @Override
    public void close() throws InterruptedException {
        orders.close();
        reports.shutdown();
        if (!reports.awaitTermination(REPORT_EVERY, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the played provisioner does not stop to report");
        }
        provisioner.close();
        PlayedProvisioner.announce(null);
    }
}
