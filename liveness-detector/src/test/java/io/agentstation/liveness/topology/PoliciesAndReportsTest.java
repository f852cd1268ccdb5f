package io.agentstation.liveness.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.liveness.DetectorReport;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.policies.UnhealthyPolicy.Action;
import io.agentstation.contracts.policies.WorkspacePolicies;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.liveness.detection.Story;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes over {@code agent.policies} and what goes over {@code agent.detector}. */
class PoliciesAndReportsTest {

    private static final long T = 1_800_000_000_000L;
    private static final Story STORY = Story.of(1);

    private final TopologyHarness harness = new TopologyHarness(1);

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void aPolicyOfTheWorkspaceBecomesACommandOnTheCommandsTopic() {
        policy(Story.WORKSPACE.toString(), policies(Story.WORKSPACE, Action.RESTART));
        silentAgent();

        TestRecord<byte[], byte[]> record =
                harness.output(Topic.COMMANDS.topicName()).readRecord();
        assertThat(new String(record.key(), StandardCharsets.UTF_8))
                .isEqualTo(STORY.agent().toString());
        assertThat(Wire.read(record.value(), AgentCommand.class)).isInstanceOf(AgentCommand.Restart.class);
    }

    @Test
    void thePolicyOfAnotherWorkspaceOrOneThatWasDeletedDoesNothing() {
        WorkspaceId other = WorkspaceId.of("other");
        policy(other.toString(), policies(other, Action.KILL));
        policy(Story.WORKSPACE.toString(), policies(Story.WORKSPACE, Action.KILL));
        policy(Story.WORKSPACE.toString(), null);
        silentAgent();

        assertThat(harness.output(Topic.COMMANDS.topicName()).isEmpty()).isTrue();
    }

    @Test
    void whatNobodyCanReadStopsNobodyAndLeavesThePolicyInForce() {
        policy(Story.WORKSPACE.toString(), policies(Story.WORKSPACE, Action.KILL));
        policy(Story.WORKSPACE.toString(), TopologyHarness.key("{not json"));
        policy(Story.WORKSPACE.toString(), policies(WorkspaceId.of("other"), Action.NONE));
        policy(null, policies(Story.WORKSPACE, Action.NONE));
        policy("no such name !", null);
        silentAgent();

        assertThat(harness.output(Topic.COMMANDS.topicName()).isEmpty()).isFalse();
    }

    @Test
    void reportsSayWhetherAbsenceCanBeProvenOnceASecondWhileTicksCome() {
        harness.ticks(T, T + 2_000);
        harness.active(STORY, HeartbeatMode.IDLE, T + 2_000);

        List<DetectorReport> first = reportsAfterASecond();
        List<DetectorReport> none = reportsAfterASecond();
        harness.ticks(T + 2_250, T + 2_250);
        harness.advance(Duration.ofSeconds(1));

        assertThat(first).containsExactly(new DetectorReport(0, Instant.ofEpochMilli(T + 2_000), null, 1, 1, 0));
        assertThat(none).isEmpty();
    }

    @Test
    void aReportOfAStallSaysSinceWhen() {
        harness.ticks(T, T + 1_000);
        harness.tickOf("second", T + 1_100);
        harness.ticks(T + 1_250, T + 4_000);

        assertThat(reportsAfterASecond()).singleElement().satisfies(report -> {
            assertThat(report.stalledSince()).isEqualTo(Instant.ofEpochMilli(T + 1_100));
            assertThat(report.gateways()).isEqualTo(2);
        });
    }

    private void silentAgent() {
        harness.ticks(T - 60_000, T);
        harness.active(STORY, HeartbeatMode.EMERGENCY, T);
        harness.ticks(T + 250, T + 30_000);
    }

    private List<DetectorReport> reportsAfterASecond() {
        harness.advance(Duration.ofSeconds(1));
        return harness.output(Topic.DETECTOR.topicName()).readValuesToList().stream()
                .map(value -> Wire.read(value, DetectorReport.class))
                .toList();
    }

    private void policy(@Nullable String key, byte @Nullable [] value) {
        harness.send(Topic.POLICIES, key == null ? null : TopologyHarness.key(key), value, T);
    }

    private static byte[] policies(WorkspaceId workspace, Action action) {
        return Wire.write(new WorkspacePolicies(workspace, new UnhealthyPolicy(action, 1)));
    }
}
