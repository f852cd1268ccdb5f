package io.agentstation.store.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.fixtures.LossyNetwork;
import io.agentstation.store.fixtures.LossyNetwork.Fate;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import org.junit.jupiter.api.Test;

class IdempotencyKeysIT {

    private static final WorkspaceId WORKSPACE = WorkspaceId.of("default");
    private static final byte[] REQUEST = {1, 2, 3};
    private static final byte[] OTHER_REQUEST = {1, 2, 4};

    private final IdempotencyKeys keys = new IdempotencyKeys(TestStore.get());
    private final String key = TestIds.name("key");
    private final AgentId first = TestIds.agent();

    @Test
    void theFirstRequestBindsItsAgent() {
        assertThat(keys.claim(WORKSPACE, key, REQUEST, first)).isEqualTo(new IdempotencyKeys.Claim(first, true, true));
    }

    @Test
    void theSameRequestAgainMeansTheSameAgent() {
        keys.claim(WORKSPACE, key, REQUEST, first);

        assertThat(keys.claim(WORKSPACE, key, REQUEST, TestIds.agent()))
                .isEqualTo(new IdempotencyKeys.Claim(first, true, false));
    }

    @Test
    void anotherRequestWithTheKeyIsTold() {
        keys.claim(WORKSPACE, key, REQUEST, first);

        assertThat(keys.claim(WORKSPACE, key, OTHER_REQUEST, TestIds.agent()))
                .isEqualTo(new IdempotencyKeys.Claim(first, false, false));
    }

    @Test
    void workspacesDoNotShareKeys() {
        keys.claim(WORKSPACE, key, REQUEST, first);
        AgentId theirs = TestIds.agent();

        assertThat(keys.claim(WorkspaceId.of("other"), key, REQUEST, theirs))
                .isEqualTo(new IdempotencyKeys.Claim(theirs, true, true));
    }

    @Test
    void aClaimWhoseAnswerIsLostIsStillTheFirst() {
        IdempotencyKeys lossy = new IdempotencyKeys(LossyNetwork.store(Fate.ANSWER_LOST));

        assertThat(lossy.claim(WORKSPACE, key, REQUEST, first)).isEqualTo(new IdempotencyKeys.Claim(first, true, true));
    }
}
