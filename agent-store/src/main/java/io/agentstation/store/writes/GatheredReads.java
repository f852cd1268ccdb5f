package io.agentstation.store.writes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows that are asked for one by one: as {@link GatheredWrites} writes them. What is asked for while two reads of its
 * partition are under way is read together when one of the two has ended, and not before it is asked for: no answer is older
 * than its question.
 *
 * @param <K> a partition's key
 * @param <I> what tells a row from the others of its partition
 * @param <V> a row
 */
public final class GatheredReads<K, I, V> {

    /** So many rows are asked for at a time; above this a read gains nothing more. */
    static final int MOST_ROWS = 64;

    private static final int MOST_UNDER_WAY = 2;

    private record Question<I, V>(I id, CompletableFuture<Optional<V>> answer) {}

    private final BiFunction<K, List<I>, CompletionStage<Map<I, V>>> read;
    private final Gathering<K, Question<I, V>> gathering = new Gathering<>(MOST_UNDER_WAY);

    /** Reads by this, which answers with the rows that exist. */
    public GatheredReads(BiFunction<K, List<I>, CompletionStage<Map<I, V>>> read) {
        this.read = read;
    }

    /** The row, if it exists; fails as its read does, for all that were asked for together alike. */
    public CompletionStage<Optional<V>> find(K partition, I id) {
        CompletableFuture<Optional<V>> answer = new CompletableFuture<>();
        gathering.add(partition, new Question<>(id, answer));
        next(partition);
        return answer;
    }

    private void next(K key) {
        int[] room = {MOST_ROWS};
        List<Question<I, V>> asked = gathering.next(key, question -> --room[0] > 0);
        if (!asked.isEmpty()) {
            List<I> ids = asked.stream().map(Question::id).distinct().toList();
            Gathering.whenAnswered(read.apply(key, ids), (rows, failure) -> {
                gathering.ended(key);
                asked.forEach(question -> tell(question, rows, failure));
                next(key);
            });
        }
    }

    private static <I, V> void tell(Question<I, V> question, @Nullable Map<I, V> rows, @Nullable Throwable failure) {
        if (rows == null) {
            question.answer().completeExceptionally(failure == null ? new IllegalStateException("no answer") : failure);
        } else {
            question.answer().complete(Optional.ofNullable(rows.get(question.id())));
        }
    }
}
