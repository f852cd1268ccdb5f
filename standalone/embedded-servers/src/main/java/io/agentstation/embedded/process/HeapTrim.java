package io.agentstation.embedded.process;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives garbage of the old generation back to the machine. The serial collector lets the old generation grow up to the largest
 * heap before it collects it, which on a laptop is memory that nobody uses; G1 has this built in ("Promptly Return Unused
 * Committed Memory", JEP 346). How much of the heap stays free afterwards is for the JVM's flags to say.
 */
public final class HeapTrim {

    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final long MOST_GROWTH = 12L << 20;

    private final LongSupplier used;
    private final LongSupplier usedAfterCollection;
    private final Runnable collection;

    HeapTrim(LongSupplier used, LongSupplier usedAfterCollection, Runnable collection) {
        this.used = used;
        this.usedAfterCollection = usedAfterCollection;
        this.collection = collection;
    }

    /** Collects now, and with the serial collector from now on whenever much has gathered; others are left alone. */
    public static void start() {
        System.gc();
        oldGeneration()
                .map(pool ->
                        new HeapTrim(() -> used(pool.getUsage()), () -> used(pool.getCollectionUsage()), System::gc))
                .ifPresent(trim -> {
                    Thread thread = new Thread(trim::lookForEver, "heap-trim");
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    /** Collects when the old generation has grown by more than 12 MiB since its last collection. */
    void look() {
        if (used.getAsLong() - usedAfterCollection.getAsLong() > MOST_GROWTH) {
            collection.run();
        }
    }

    private void lookForEver() {
        try {
            while (true) {
                Thread.sleep(EVERY.toMillis());
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<MemoryPoolMXBean> oldGeneration() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> isOfTheSerialCollector(pool.getName()))
                .findFirst();
    }

    /** Whether a pool of this name is the old generation of the serial collector. */
    static boolean isOfTheSerialCollector(String pool) {
        return pool.equals("Tenured Gen");
    }

    private static long used(@Nullable MemoryUsage usage) {
        return usage == null ? 0 : usage.getUsed();
    }
}
