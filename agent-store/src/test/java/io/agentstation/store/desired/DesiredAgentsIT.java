package io.agentstation.store.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.store.fixtures.LossyNetwork;
import io.agentstation.store.fixtures.LossyNetwork.Fate;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestSpecs;
import io.agentstation.store.fixtures.TestStore;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DesiredAgentsIT {

    private static final int PARTITION = 3;

    private final DesiredAgents table = new DesiredAgents(TestStore.get());
    private final AgentId agent = TestIds.agent();

    @Test
    void theFirstRowIsFoundAsWritten() {
        DesiredAgent first = row(PARTITION, agent, 7, 1);

        assertThat(table.insert(first)).isTrue();

        assertThat(table.find(PARTITION, agent)).contains(first);
        assertThat(table.find(PARTITION + 1, agent)).isEmpty();
    }

    @Test
    void theSameFirstRowCanBeInsertedAgainAndAnotherCannot() {
        DesiredAgent first = row(PARTITION, agent, 7, 1);
        table.insert(first);

        assertThat(table.insert(first)).isTrue();
        assertThat(table.insert(row(PARTITION, agent, 8, 1))).isFalse();

        assertThat(table.find(PARTITION, agent)).contains(first);
    }

    @Test
    void aRowIsReplacedAsRead() {
        DesiredAgent first = row(PARTITION, agent, 7, 1);
        table.insert(first);
        DesiredAgent next = row(PARTITION, agent, 9, 2);

        assertThat(table.advance(first, next)).isTrue();

        assertThat(table.find(PARTITION, agent)).contains(next);
    }

    @Test
    void ofTwoTasksThatReadTheSameRowOneAdvancesIt() {
        DesiredAgent read = row(PARTITION, agent, 7, 1);
        table.insert(read);
        DesiredAgent owners = row(PARTITION, agent, 9, 2);
        table.advance(read, owners);

        assertThat(table.advance(read, row(PARTITION, agent, 9, 2))).isFalse();

        assertThat(table.find(PARTITION, agent)).contains(owners);
    }

    /** It has the offset and the generation of the row before it. */
    @Test
    void aRowThatSaysRemovedIsNotTakenForTheOneBeforeIt() {
        DesiredAgent read = row(PARTITION, agent, 7, 1);
        table.insert(read);
        DesiredAgent removed = inPhase(Phase.REMOVED, read);
        assertThat(table.advance(read, removed)).isTrue();

        assertThat(table.advance(read, row(PARTITION, agent, 9, 2))).isFalse();

        assertThat(table.find(PARTITION, agent)).contains(removed);
    }

    @Test
    void aGlanceShowsWhatIsWritten() {
        assertThat(table.glance(PARTITION, agent)).isEmpty();
        DesiredAgent first = row(PARTITION, agent, 7, 1);
        table.insert(first);

        assertThat(table.glance(PARTITION, agent)).contains(first);
    }

    @Test
    void anAdvanceWithoutARowMakesNone() {
        assertThat(table.advance(row(PARTITION, agent, 7, 1), row(PARTITION, agent, 9, 2)))
                .isFalse();
        assertThat(table.find(PARTITION, agent)).isEmpty();
    }

    @Test
    void writesWhoseAnswersAreLostAreFound() {
        DesiredAgents lossy = new DesiredAgents(LossyNetwork.store(Fate.ANSWER_LOST, Fate.ANSWER_LOST));
        DesiredAgent first = row(PARTITION, agent, 7, 1);
        DesiredAgent next = row(PARTITION, agent, 9, 2);

        assertThat(lossy.insert(first)).isTrue();
        assertThat(lossy.advance(first, next)).isTrue();

        assertThat(table.find(PARTITION, agent)).contains(next);
    }

    @Test
    void aPartitionListsItsOwnAgentsOnly() {
        int partition = 1_000;
        DesiredAgent one = row(partition, TestIds.agent(), 1, 1);
        DesiredAgent two = row(partition, TestIds.agent(), 2, 1);
        table.insert(one);
        table.insert(two);
        table.insert(row(partition + 1, TestIds.agent(), 3, 1));

        assertThat(table.inPartition(partition)).containsExactlyInAnyOrder(one, two);
    }

    private static DesiredAgent inPhase(Phase phase, DesiredAgent row) {
        return new DesiredAgent(
                row.partition(),
                row.agentId(),
                row.appliedOffset(),
                row.generation(),
                phase,
                row.spec(),
                row.commandId(),
                row.operation(),
                row.reason(),
                row.restartGeneration());
    }

    private static DesiredAgent row(int partition, AgentId agent, long offset, long generation) {
        return new DesiredAgent(
                partition,
                agent,
                offset,
                generation,
                Phase.RUN,
                TestSpecs.named("desired"),
                new CommandId(UUID.randomUUID()),
                Operation.PROVISION,
                null,
                0);
    }
}
