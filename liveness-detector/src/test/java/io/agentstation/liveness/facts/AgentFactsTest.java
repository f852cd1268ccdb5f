package io.agentstation.liveness.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Issuer;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.observations.Observation.Cause;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.liveness.detection.Story;
import io.agentstation.liveness.silence.LastHeartbeat;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AgentFactsTest {

    private static final Story STORY = Story.of(1);
    private static final LastHeartbeat HEARD = new LastHeartbeat(HeartbeatMode.IDLE, 30);

    @Test
    void storedFactsAreReadBackWhole() {
        AgentFacts facts = new AgentFacts(STORY.agent(), 1);
        facts.observe(STORY.provision(), 0, 10);
        facts.observe(STORY.applied());
        facts.heard(Story.heartbeat(HeartbeatMode.IDLE), 30);
        facts.observe(STORY.drain(60), 1, 40);
        facts.observe(STORY.update("u"), 2, 41);
        facts.observe(STORY.failed("u", Operation.UPDATE, "away"));
        facts.observe(STORY.rejected("unknown", Operation.UPDATE));
        DueEvents.tell(facts, HEARD, 50);
        facts.observe(STORY.deprovision(), 3, 60);
        facts.observe(STORY.kill(), 4, 61);
        facts.observe(STORY.removed("kill", Cause.KILLED));

        byte[] stored = Wire.write(facts);
        AgentFacts read = Wire.read(stored, AgentFacts.class);

        assertThat(read).usingRecursiveComparison().isEqualTo(facts);
        assertThat(Wire.write(read)).isEqualTo(stored);
        assertThat(DueEvents.tell(read, HEARD, 70)).isEqualTo(DueEvents.tell(facts, HEARD, 70));
    }

    @Test
    void factsStoredBeforeAFieldExistedAreReadable() {
        String old = "{\"agent_id\":\"" + STORY.agent() + "\",\"first_seen_ms\":5,\"a_field_of_later\":1}";

        AgentFacts read = Wire.readText(old, AgentFacts.class);

        assertThat(read.firstSeenMs()).isEqualTo(5);
        assertThat(read.isKnown()).isFalse();
    }

    @Test
    void tellingTwiceTellsNothing() {
        AgentFacts facts = new AgentFacts(STORY.agent(), 1);
        facts.observe(STORY.provision(), 0, 10);

        assertThat(DueEvents.tell(facts, null, 10)).hasSize(1);
        assertThat(DueEvents.tell(facts, null, 10)).isEmpty();
    }

    @Test
    void whatIsRememberedOfCommandsAndAnswersIsBounded() {
        AgentFacts facts = new AgentFacts(STORY.agent(), 1);
        facts.observe(STORY.provision(), 0, 10);
        for (int i = 0; i < 2_000; i++) {
            facts.observe(STORY.update("u" + i), i + 1, 20);
            facts.observe(STORY.applied("u" + i, Operation.UPDATE, 1));
            DueEvents.tell(facts, null, 30);
        }

        assertThat(facts.sequence()).isEqualTo(2_002);
        assertThat(Wire.write(facts)).hasSizeLessThan(10_000);
    }

    // The broker refuses a changelog record above 1 MB, and that would stop the partition.
    @Test
    void noFloodOfWordsMakesTheFactsTooLargeToStore() {
        AgentFacts facts = new AgentFacts(STORY.agent(), 1);
        facts.observe(STORY.provision(), 0, 10);
        Issuer issuer = new Issuer(Issuer.Kind.USER, "\u0001".repeat(100_000));
        String reason = "\u0001".repeat(100_000);
        for (int i = 0; i < 500; i++) {
            facts.observe(
                    new AgentCommand.Restart(
                            new AgentCommand.Meta(STORY.agent(), STORY.id("r" + i), issuer, Instant.EPOCH, reason)),
                    i + 1,
                    20);
            facts.observe(STORY.failed("never given " + i, Operation.UPDATE, reason));
            for (int retry = 0; retry < 20; retry++) {
                facts.observe(STORY.failed("r" + i, Operation.RESTART, retry + reason));
                DueEvents.tell(facts, null, 30);
            }
        }

        assertThat(Wire.write(facts)).hasSizeLessThan(500_000);
    }

    @Test
    void aDrainThatWouldNeverEndOverflowsNothing() {
        AgentFacts facts = new AgentFacts(STORY.agent(), 1);
        facts.observe(STORY.provision(), 0, 10);

        facts.observe(STORY.drain(Long.MAX_VALUE), 1, 40);

        assertThat(facts.drainDueMs()).contains(40 + 7 * 24 * 3_600_000L);
    }
}
