package io.agentstation.store.names;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.fixtures.LossyNetwork;
import io.agentstation.store.fixtures.LossyNetwork.Fate;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import io.agentstation.store.names.CommandKeys.Claim;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommandKeysIT {

    private static final WorkspaceId WORKSPACE = WorkspaceId.of("default");
    private static final byte[] REQUEST = {1, 2, 3};
    private static final byte[] OTHER_REQUEST = {1, 2, 4};

    private final CommandKeys keys = new CommandKeys(TestStore.get());
    private final String key = TestIds.name("key");
    private final CommandId first = new CommandId(UUID.randomUUID());

    @Test
    void theSameRequestAgainMeansTheSameCommand() {
        assertThat(claim(REQUEST, first)).isEqualTo(new Claim(first, true, false));
        assertThat(claim(REQUEST, another())).isEqualTo(new Claim(first, true, false));
    }

    @Test
    void whatIsPublishedIsSaidToBe() {
        claim(REQUEST, first);
        keys.published(WORKSPACE, key, REQUEST, first);

        assertThat(claim(REQUEST, another())).isEqualTo(new Claim(first, true, true));
    }

    @Test
    void anotherRequestWithTheKeyIsTold() {
        claim(REQUEST, first);

        assertThat(claim(OTHER_REQUEST, another()).sameRequest()).isFalse();
    }

    @Test
    void nobodyElsesCommandIsCalledPublished() {
        claim(REQUEST, first);
        keys.published(WORKSPACE, key, REQUEST, another());

        assertThat(claim(REQUEST, another())).isEqualTo(new Claim(first, true, false));
    }

    // What a conditional update does not name keeps the time to live of the insert: a row that expired in parts would
    // be no
    // claim and still be in the way of the next.
    @Test
    void everyColumnExpiresWithinTheSameSecond() {
        claim(REQUEST, first);
        keys.published(WORKSPACE, key, REQUEST, first);

        Row row = TestStore.session()
                .execute(
                        "SELECT ttl(request_hash), ttl(command_id), ttl(published) FROM command_keys"
                                + " WHERE workspace = ? AND key = ?",
                        WORKSPACE.value(),
                        key)
                .one();
        assertThat(row).isNotNull();
        assertThat(row.getInt(0)).isBetween(86_000, 86_400);
        assertThat(row.getInt(1)).isEqualTo(row.getInt(0));
        assertThat(row.getInt(2)).isEqualTo(row.getInt(0));
    }

    @Test
    void aClaimWhoseAnswerIsLostIsStillTheFirst() {
        CommandKeys lossy = new CommandKeys(LossyNetwork.store(Fate.ANSWER_LOST));

        assertThat(lossy.claim(WORKSPACE, key, REQUEST, first)).isEqualTo(new Claim(first, true, false));
    }

    private Claim claim(byte[] request, CommandId command) {
        return keys.claim(WORKSPACE, key, request, command);
    }

    private static CommandId another() {
        return new CommandId(UUID.randomUUID());
    }
}
