package io.agentstation.store.writes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatheredReadsTest {

    /** A read that the test answers. */
    private record Asked(String partition, List<Integer> ids, CompletableFuture<Map<Integer, String>> answer) {

        void reply() {
            Map<Integer, String> rows = new HashMap<>();
            ids.stream().filter(id -> id < 1_000).forEach(id -> rows.put(id, "row " + id));
            answer.complete(rows);
        }
    }

    /** Its answer comes after it was looked whether it is there. */
    private static final class AnsweredMeanwhile extends CompletableFuture<Map<Integer, String>> {

        static AnsweredMeanwhile withNothing() {
            AnsweredMeanwhile answer = new AnsweredMeanwhile();
            answer.complete(Map.of());
            return answer;
        }

        @Override
        public boolean isDone() {
            return false;
        }
    }

    private final List<Asked> asked = new ArrayList<>();
    private final GatheredReads<String, Integer, String> reads = new GatheredReads<>((partition, ids) -> {
        asked.add(new Asked(partition, ids, new CompletableFuture<>()));
        return asked.get(asked.size() - 1).answer();
    });

    private CompletableFuture<Optional<String>> find(int id) {
        return reads.find("p", id).toCompletableFuture();
    }

    private void ask(int... ids) {
        for (int id : ids) {
            var unused = find(id);
        }
    }

    @Test
    void oneIsReadAtOnce() {
        CompletableFuture<Optional<String>> found = find(1);

        asked.get(0).reply();

        assertThat(found).isCompletedWithValue(Optional.of("row 1"));
    }

    @Test
    void whatIsNotThereIsToldSo() {
        CompletableFuture<Optional<String>> found = find(1_000);

        asked.get(0).reply();

        assertThat(found).isCompletedWithValue(Optional.empty());
    }

    @Test
    void whileTwoAreUnderWayTheRestGatherAndAreReadTogether() {
        List<CompletableFuture<Optional<String>>> found =
                IntStream.range(0, 5).mapToObj(this::find).toList();
        assertThat(asked).extracting(Asked::ids).containsExactly(List.of(0), List.of(1));

        asked.get(1).reply();
        assertThat(asked).extracting(Asked::ids).containsExactly(List.of(0), List.of(1), List.of(2, 3, 4));
        asked.get(2).reply();

        assertThat(found.get(3)).isCompletedWithValue(Optional.of("row 3"));
        assertThat(found.get(0)).isNotDone();
    }

    /** Control: partitions do not wait for each other. */
    @Test
    void anotherPartitionIsReadAtOnce() {
        ask(0, 1, 2, 3, 4);

        var unused = reads.find("q", 7);

        assertThat(asked).extracting(Asked::partition).containsExactly("p", "p", "q");
    }

    @Test
    void aReadIsBounded() {
        ask(IntStream.range(0, 202).toArray());

        asked.get(0).reply();
        asked.get(1).reply();
        asked.get(2).reply();
        asked.get(3).reply();

        assertThat(asked).extracting(read -> read.ids().size()).containsExactly(1, 1, 64, 64, 64, 8);
    }

    @Test
    void anAnswerIsNotOlderThanItsQuestion() {
        CompletableFuture<Optional<String>> first = find(1);
        ask(2);
        CompletableFuture<Optional<String>> again = find(1);

        asked.get(0).reply();

        assertThat(first).isDone();
        assertThat(again).isNotDone();
        assertThat(asked.get(2).ids()).containsExactly(1);
    }

    @Test
    void aFailureIsToldToAllThatWereAskedForTogetherAndTheNextAreRead() {
        List<CompletableFuture<Optional<String>>> found =
                IntStream.range(0, 70).mapToObj(this::find).toList();
        asked.get(0).reply();

        asked.get(2).answer().completeExceptionally(new IllegalStateException("away"));

        assertThat(found.get(2)).isCompletedExceptionally();
        assertThat(found.get(65)).isCompletedExceptionally();
        assertThat(asked.get(3).ids()).containsExactly(66, 67, 68, 69);
    }

    /** Of two who hold a lock each and were told what the other waits for, neither would go on. */
    @Test
    void nobodyIsToldInTheMiddleOfAsking() {
        CompletableFuture<Map<Integer, String>> later = new CompletableFuture<>();
        GatheredReads<String, Integer, String> quick =
                new GatheredReads<>((partition, ids) -> ids.contains(2) ? AnsweredMeanwhile.withNothing() : later);
        var unused = List.of(quick.find("p", 0), quick.find("p", 1));
        ReentrantLock held = new ReentrantLock();
        CompletableFuture<Boolean> toldByTheAsker = quick.find("p", 2)
                .thenApply(found -> held.isHeldByCurrentThread())
                .toCompletableFuture();

        held.lock();
        try {
            later.complete(Map.of());
            assertThat(toldByTheAsker).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
        } finally {
            held.unlock();
        }
    }
}
