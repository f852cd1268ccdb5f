package io.agentstation.provisioner.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CommandsInWorkTest {

    private static final int PARTITION = 3;

    private final CommandsInWork inWork = new CommandsInWork(3);
    private final List<Long> acknowledged = new ArrayList<>();

    @Test
    void whatEndsBeforeItsPredecessorIsAcknowledgedWithIt() {
        CommandsInWork.Command first = begin(10);
        CommandsInWork.Command second = begin(11);
        // A transaction's marker is between the two.
        CommandsInWork.Command third = begin(13);

        third.finish();
        second.finish();
        assertThat(acknowledged).isEmpty();
        first.finish();

        assertThat(acknowledged).containsExactly(10L, 11L, 13L);
    }

    @Test
    void aPartitionDoesNotWaitForAnother() {
        begin(10);
        inWork.begin(received(PARTITION + 1, 10), () -> acknowledged.add(100L)).finish();

        assertThat(acknowledged).containsExactly(100L);
    }

    @Test
    void whatIsReadAgainEndsByItsNewestWork() {
        CommandsInWork.Command failed = begin(10);
        CommandsInWork.Command again = begin(10);

        failed.finish();
        assertThat(acknowledged).isEmpty();
        again.finish();
        again.finish();

        assertThat(acknowledged).containsExactly(10L);
        assertThat(rooms()).isEqualTo(3);
    }

    @Test
    void aDeadLetterIsAcknowledgedInItsTurnToo() {
        CommandsInWork.Command slow = begin(10);
        begin(11);
        inWork.finish(received(PARTITION, 11));
        assertThat(acknowledged).isEmpty();

        slow.finish();

        assertThat(acknowledged).containsExactly(10L, 11L);
    }

    @Test
    void whatEndsAfterThePartitionWasTakenAwayIsNotAcknowledged() {
        CommandsInWork.Command late = begin(10);
        inWork.forget(List.of(PARTITION));
        CommandsInWork.Command again = begin(10);

        late.finish();
        assertThat(acknowledged).isEmpty();
        again.finish();

        assertThat(acknowledged).containsExactly(10L);
    }

    @Test
    void thereIsRoomAgainWhenOneHasEndedBehindASlowOne() {
        begin(10);
        begin(11);
        CommandsInWork.Command quick = begin(12);
        assertThat(inWork.hasRoom(Duration.ofMillis(1))).isFalse();

        quick.finish();

        assertThat(inWork.hasRoom(Duration.ofMillis(1))).isTrue();
        assertThat(acknowledged).isEmpty();
    }

    @Test
    void whoeverWaitsForRoomGetsIt() throws InterruptedException {
        begin(10);
        begin(11);
        CommandsInWork.Command last = begin(12);
        Thread ending = new Thread(last::finish);

        ending.start();

        assertThat(inWork.hasRoom(Duration.ofSeconds(30))).isTrue();
        ending.join();
    }

    @Test
    void whatIsForgottenTakesNoRoom() {
        begin(10).finish();
        begin(11);
        begin(12);

        inWork.forget(List.of(PARTITION));

        assertThat(rooms()).isEqualTo(3);
    }

    private int rooms() {
        int rooms = 0;
        while (inWork.hasRoom(Duration.ZERO)) {
            rooms++;
            begin(100 + rooms);
        }
        return rooms;
    }

    private CommandsInWork.Command begin(long offset) {
        return inWork.begin(received(PARTITION, offset), () -> acknowledged.add(offset));
    }

    private static ConsumerRecord<String, byte[]> received(int partition, long offset) {
        return new ConsumerRecord<>("agent.commands", partition, offset, "key", new byte[0]);
    }
}
