package io.agentstation.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.agents.ResourcesPatch;
import io.agentstation.contracts.agents.SpecPatch;
import io.agentstation.contracts.clusters.ClusterReport;
import io.agentstation.contracts.clusters.QuotaLimit;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Issuer;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.liveness.AvailabilityHour;
import io.agentstation.contracts.liveness.DetectorReport;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.metrics.MetricsRollup;
import io.agentstation.contracts.metrics.Series;
import io.agentstation.contracts.observations.DeploymentStatus;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.observations.Observation.Cause;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.policies.UnhealthyPolicy.Action;
import io.agentstation.contracts.policies.WorkspacePolicies;
import io.agentstation.contracts.webhooks.WebhookBody;
import io.agentstation.contracts.webhooks.WebhookOrder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The wire forms, one file per message type. A file that has to change is a breaking change for whoever reads a topic's
 * older records.
 */
class GoldenMessagesTest {

    private static final AgentId AGENT = AgentId.of("0190a5c0-0000-7000-8000-000000000001");
    private static final CommandId COMMAND = CommandId.of("0190a5c0-0000-7000-8000-000000000002");
    private static final Instant TIME = Instant.parse("2026-11-22T08:00:45.250Z");
    private static final Instant HOUR = Instant.parse("2026-11-22T08:00:00Z");
    private static final AgentCommand.Meta META = new AgentCommand.Meta(
            AGENT, COMMAND, new Issuer(Issuer.Kind.USER, "0190a5c0-0000-7000-8000-000000000003"), TIME, "a reason");
    private static final AgentSpec SPEC = new AgentSpec(
            WorkspaceId.of("acme"),
            "my-agent",
            "Answers mail",
            "nginxinc/nginx-unprivileged:alpine",
            Resources.DEFAULT,
            2,
            8080,
            new TreeMap<>(Map.of("team", "mail")),
            new TreeSet<>(List.of("API_KEY")),
            new UnhealthyPolicy(Action.RESTART, 3),
            null);

    record Golden(String file, Object message, Class<?> readAs) {

        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Golden> messages() {
        return Stream.of(commands(), observations(), orders(), others()).flatMap(golden -> golden);
    }

    private static Stream<Golden> commands() {
        return Stream.of(
                        new AgentCommand.Provision(META, SPEC),
                        new AgentCommand.Update(
                                META,
                                new SpecPatch(
                                        null,
                                        "image:2",
                                        new ResourcesPatch(null, null, "2", null),
                                        new TreeMap<>(Map.of("team", "")),
                                        new UnhealthyPolicy(Action.INHERIT, 1),
                                        new TreeMap<>(Map.of("API_KEY", COMMAND.toString(), "OLD_KEY", "")))),
                        new AgentCommand.Scale(META, 3),
                        new AgentCommand.Restart(META),
                        new AgentCommand.Drain(META, 120),
                        new AgentCommand.Resume(META),
                        new AgentCommand.Deprovision(META),
                        new AgentCommand.Kill(META))
                .map(command -> new Golden("command-" + name(command), command, AgentCommand.class));
    }

    private static Stream<Golden> observations() {
        DeploymentStatus status = new DeploymentStatus(
                false,
                2,
                1,
                1,
                List.of(new DeploymentStatus.Condition("Available", "False", "MinimumReplicasUnavailable", null)));
        return Stream.of(
                        new Observation.Applied(AGENT, COMMAND, Operation.PROVISION, 42, 1, SPEC),
                        new Observation.NoChange(AGENT, COMMAND, Operation.SCALE, "already 3 replicas"),
                        new Observation.Rejected(AGENT, COMMAND, Operation.RESUME, "it is being deleted"),
                        new Observation.Failed(AGENT, COMMAND, Operation.PROVISION, "quota exceeded", true),
                        new Observation.Removed(AGENT, COMMAND, Cause.DELETED, null),
                        new Observation.Completed(AGENT, TIME),
                        new Observation.StatusChanged(AGENT, "TERMINATED", status, "1 of 2 replicas is not ready"))
                .map(observation -> new Golden("observation-" + name(observation), observation, Observation.class));
    }

    private static Stream<Golden> orders() {
        WorkspaceId acme = WorkspaceId.of("acme");
        UUID webhook = UUID.fromString("0190a5c0-0000-7000-8000-000000000011");
        UUID delivery = UUID.fromString("0190a5c0-0000-7000-8000-000000000012");
        UUID order = UUID.fromString("0190a5c0-0000-7000-8000-000000000013");
        return Stream.of(
                        new WebhookOrder.Test(acme, webhook, delivery, TIME),
                        new WebhookOrder.Redeliver(acme, webhook, order, delivery),
                        new WebhookOrder.Replay(acme, webhook, order, HOUR, TIME, Set.of("agent.activated")))
                .map(message -> new Golden("order-" + name(message), message, WebhookOrder.class));
    }

    private static Stream<Golden> others() {
        LifecycleEvent event = new LifecycleEvent(
                LifecycleEvent.idOf(AGENT, 3),
                AGENT,
                WorkspaceId.of("acme"),
                "my-agent",
                3,
                EventType.ACTIVATED,
                AgentState.PROVISIONED,
                AgentState.ACTIVE,
                Health.HEALTHY,
                null,
                "system",
                TIME,
                Map.of("first_heartbeat_mode", "IDLE"));
        FleetCounts counts =
                new FleetCounts(WorkspaceId.of("acme"), 5, Map.of(AgentState.ACTIVE, 7L), Map.of(Health.UNHEALTHY, 1L));
        return Stream.of(
                new Golden("heartbeat", new Heartbeat(HeartbeatMode.IDLE, 12.5), Heartbeat.class),
                new Golden("tick", new Tick("gateway-1", 5, 77, Tick.Kind.GOODBYE), Tick.class),
                new Golden(
                        "metrics",
                        new MetricsReport(25.5, 128.25, 1_000, Map.of("queue", Map.of("depth", 3))),
                        MetricsReport.class),
                new Golden("metrics-rollup", rollup(), MetricsRollup.class),
                new Golden(
                        "availability-hour",
                        new AvailabilityHour(HOUR, 119, 118, 3_600_000, 30_000),
                        AvailabilityHour.class),
                new Golden("lifecycle-event", event, LifecycleEvent.class),
                new Golden("webhook-body", WebhookBody.of(event, 1), WebhookBody.class),
                new Golden("fleet-counts", counts, FleetCounts.class),
                new Golden(
                        "workspace-policies",
                        new WorkspacePolicies(WorkspaceId.of("acme"), new UnhealthyPolicy(Action.KILL, 20)),
                        WorkspacePolicies.class),
                new Golden("detector-report", new DetectorReport(5, TIME, null, 2, 1_000, 3), DetectorReport.class),
                new Golden(
                        "detector-report-stalled",
                        new DetectorReport(5, TIME, TIME.minusSeconds(4), 1, 1_000, 3),
                        DetectorReport.class),
                new Golden(
                        "cluster-report",
                        new ClusterReport(
                                "default",
                                "agents",
                                TIME,
                                URI.create("http://127.0.0.1:9090"),
                                List.of(new QuotaLimit("cpu", "40", "12500m"))),
                        ClusterReport.class));
    }

    private static MetricsRollup rollup() {
        return new MetricsRollup(
                MetricsRollup.Resolution.HOUR,
                HOUR,
                new TreeMap<>(
                        Map.of("cpu_percent", new Series(1, 3.5, 4.5, 3.5, 2), "custom.queue.depth", Series.of(7))));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isWrittenAndReadAsTheFileSays(Golden golden) throws IOException {
        byte[] file = file(golden.file);

        assertThat(Wire.mapper().readTree(Wire.write(golden.message)))
                .isEqualTo(Wire.mapper().readTree(file));
        assertThat(Wire.read(file, golden.readAs)).isEqualTo(golden.message);
    }

    @Test
    void everyTypeOfCommandObservationAndOrderHasItsFile() {
        List<Class<?>> covered =
                messages().<Class<?>>map(golden -> golden.message.getClass()).toList();

        assertThat(covered)
                .contains(AgentCommand.class.getPermittedSubclasses())
                .contains(Observation.class.getPermittedSubclasses())
                .contains(WebhookOrder.class.getPermittedSubclasses());
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream golden = GoldenMessagesTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            return Objects.requireNonNull(golden, "no golden file " + name).readAllBytes();
        }
    }

    private static String name(Object message) {
        return message.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])([A-Z])", "-$1")
                .toLowerCase(java.util.Locale.ROOT);
    }
}
