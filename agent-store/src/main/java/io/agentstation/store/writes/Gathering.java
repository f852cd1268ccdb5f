package io.agentstation.store.writes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What comes one by one and goes out by the partition: at once while the partition is quiet; while as many statements of it
 * as may be are under way, what comes gathers. Thread-safe.
 *
 * @param <K> a partition's key
 */
final class Gathering<K, T> {

    private final int mostUnderWay;
    private final Map<K, Partition<T>> partitions = new HashMap<>();

    private static final class Partition<T> {
        private final Deque<T> gathered = new ArrayDeque<>();
        private int underWay;
    }

    /** One that lets so many statements of a partition be under way. */
    Gathering(int mostUnderWay) {
        this.mostUnderWay = mostUnderWay;
    }

    synchronized void add(K key, T item) {
        partitions.computeIfAbsent(key, fresh -> new Partition<>()).gathered.add(item);
    }

    /**
     * What goes out now, oldest first; when that is anything, {@link #ended} is to follow.
     *
     * @param takes takes an item, and says whether there is room for another
     */
    synchronized List<T> next(K key, Predicate<T> takes) {
        List<T> taken = new ArrayList<>();
        Partition<T> partition = partitions.get(key);
        if (partition == null || partition.underWay >= mostUnderWay || partition.gathered.isEmpty()) {
            return taken;
        }
        partition.underWay++;
        boolean room = true;
        while (room && !partition.gathered.isEmpty()) {
            T item = partition.gathered.remove();
            taken.add(item);
            room = takes.test(item);
        }
        return taken;
    }

    /** Notes that a statement is no longer under way. */
    synchronized void ended(K key) {
        Partition<T> partition = partitions.get(key);
        if (partition != null && --partition.underWay == 0 && partition.gathered.isEmpty()) {
            partitions.remove(key);
        }
    }

    /**
     * Goes on with an answer when it comes, never in the middle of asking: whoever asks may hold a lock that others, who are
     * told with it, wait for.
     */
    static <A> void whenAnswered(CompletionStage<A> answer, BiConsumer<? super A, ? super @Nullable Throwable> told) {
        Thread asker = Thread.currentThread();
        // Only the asker's own thread looks at it.
        boolean[] asking = {true};
        var unused = answer.whenComplete((result, failure) -> {
            if (Thread.currentThread() == asker && asking[0]) {
                ForkJoinPool.commonPool().execute(() -> told.accept(result, failure));
            } else {
                told.accept(result, failure);
            }
        });
        asking[0] = false;
    }
}
