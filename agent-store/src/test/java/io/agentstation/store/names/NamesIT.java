package io.agentstation.store.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.fixtures.LossyNetwork;
import io.agentstation.store.fixtures.LossyNetwork.Fate;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import io.agentstation.store.session.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NamesIT {

    private final Names names = new Names(TestStore.get());
    private final String name = TestIds.name("name");
    private final AgentId me = TestIds.agent();
    private final AgentId other = TestIds.agent();

    @Test
    void aClaimRunsOutAndAConfirmedNameDoesNot() {
        assertThat(names.claim(name, me)).isTrue();
        assertThat(secondsLeft()).isBetween(540, 600);

        assertThat(names.confirm(name, me)).isTrue();

        assertThat(secondsLeft()).isNull();
        assertThat(names.owner(name)).contains(me);
    }

    @Test
    void oneOfTwentySimultaneousClaimsWins() throws Exception {
        List<AgentId> agents =
                Stream.generate(TestIds::agent).limit(20).distinct().toList();
        List<Callable<Boolean>> claims = agents.stream()
                .<Callable<Boolean>>map(agent -> () -> names.claim(name, agent))
                .toList();

        List<Boolean> won = allAtOnce(claims);

        assertThat(won).hasSize(20).containsOnlyOnce(true);
        assertThat(names.owner(name)).contains(agents.get(won.indexOf(true)));
    }

    @Test
    void aClaimCanBeRepeatedByItsAgentOnly() {
        names.claim(name, me);

        assertThat(names.claim(name, me)).isTrue();
        assertThat(names.claim(name, other)).isFalse();
        names.confirm(name, me);
        assertThat(names.claim(name, me)).isTrue();
        assertThat(names.claim(name, other)).isFalse();
    }

    @Test
    void aClaimThatHasRunOutIsConfirmedAnew() {
        claimForSeconds(1, me);
        await().until(() -> names.owner(name).isEmpty());

        assertThat(names.confirm(name, me)).isTrue();

        assertThat(names.owner(name)).contains(me);
        assertThat(secondsLeft()).isNull();
    }

    @Test
    void aClaimThatHasRunOutIsLostToWhoeverTookTheName() {
        claimForSeconds(1, me);
        await().until(() -> names.claim(name, other));

        assertThat(names.confirm(name, me)).isFalse();

        assertThat(names.owner(name)).contains(other);
    }

    @Test
    void aConfirmedNameOutlivesItsClaim() {
        claimForSeconds(2, me);

        assertThat(names.confirm(name, me)).isTrue();

        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(10))
                .until(() -> names.owner(name).filter(me::equals).isPresent());
        assertThat(names.claim(name, other)).isFalse();
    }

    @Test
    void anotherAgentsNameCanBeNeitherConfirmedNorReleased() {
        names.claim(name, other);
        names.confirm(name, other);

        assertThat(names.confirm(name, me)).isFalse();
        names.release(name, me);

        assertThat(names.owner(name)).contains(other);
    }

    @Test
    void aReleasedNameIsFreeAtOnce() {
        names.claim(name, me);
        names.confirm(name, me);

        names.release(name, me);

        assertThat(names.owner(name)).isEmpty();
        assertThat(names.claim(name, other)).isTrue();
    }

    @Test
    void aNameThatIsConfirmedIsEnsuredWithoutAWrite() {
        names.claim(name, me);
        names.confirm(name, me);
        long written = writtenAt();

        assertThat(names.ensure(name, me)).isTrue();
        assertThat(names.ensure(name, other)).isFalse();

        assertThat(writtenAt()).isEqualTo(written);
    }

    @Test
    void aClaimIsNotTakenForAConfirmation() {
        names.claim(name, me);

        assertThat(names.ensure(name, me)).isTrue();

        assertThat(secondsLeft()).isNull();
        assertThat(names.owner(name)).contains(me);
    }

    @Test
    void aNameThatNobodyHasIsEnsured() {
        assertThat(names.ensure(name, me)).isTrue();

        assertThat(secondsLeft()).isNull();
        assertThat(names.owner(name)).contains(me);
    }

    @Test
    void aClaimThatHasRunOutIsLostToWhoeverTookTheNameAlsoWhenItIsEnsured() {
        claimForSeconds(1, me);
        await().until(() -> names.claim(name, other));

        assertThat(names.ensure(name, me)).isFalse();

        assertThat(names.owner(name)).contains(other);
    }

    @Test
    void aLostConfirmationIsNotTakenForOneBecauseTheClaimStillStands() {
        names.claim(name, me);

        assertThat(new Names(LossyNetwork.store(Fate.REQUEST_LOST)).confirm(name, me))
                .isTrue();

        assertThat(secondsLeft()).isNull();
    }

    @Test
    void aConfirmationWhoseAnswerIsLostIsFound() {
        names.claim(name, me);

        assertThat(new Names(LossyNetwork.store(Fate.ANSWER_LOST)).confirm(name, me))
                .isTrue();

        assertThat(secondsLeft()).isNull();
    }

    @Test
    void aClaimWhoseAnswerIsLostIsFound() {
        assertThat(new Names(LossyNetwork.store(Fate.ANSWER_LOST)).claim(name, me))
                .isTrue();
        assertThat(new Names(LossyNetwork.store(Fate.ANSWER_LOST)).claim(name, other))
                .isFalse();
    }

    @Test
    void aReleaseWhoseRequestOrAnswerIsLostIsDone() {
        names.confirm(name, me);

        new Names(LossyNetwork.store(Fate.REQUEST_LOST, Fate.ANSWER_LOST)).release(name, me);

        assertThat(names.owner(name)).isEmpty();
    }

    @Test
    void whatStaysUnknownIsSaid() {
        Names lossy = new Names(LossyNetwork.store(Fate.REQUEST_LOST, Fate.REQUEST_LOST, Fate.REQUEST_LOST));

        assertThatThrownBy(() -> lossy.claim(name, me)).isInstanceOf(StoreUnavailable.class);
    }

    private void claimForSeconds(int seconds, AgentId agent) {
        TestStore.session()
                .execute(
                        "INSERT INTO names (name, agent_id) VALUES (?, ?) IF NOT EXISTS USING TTL " + seconds,
                        name,
                        agent.value());
    }

    private long writtenAt() {
        return TestStore.session()
                .execute("SELECT WRITETIME(agent_id) AS at FROM names WHERE name = ?", name)
                .one()
                .getLong("at");
    }

    private @Nullable Integer secondsLeft() {
        Row row = TestStore.session()
                .execute("SELECT TTL(agent_id) AS seconds_left FROM names WHERE name = ?", name)
                .one();
        return row == null ? null : row.get("seconds_left", Integer.class);
    }

    private static <T> List<T> allAtOnce(List<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<T> results = new java.util.ArrayList<>();
            for (Future<T> call : threads.invokeAll(calls)) {
                results.add(call.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
