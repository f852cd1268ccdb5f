package io.agentstation.standalone.startup;

import io.agentstation.standalone.failures.StationFailure;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs steps at the same time. */
final class InParallel {

    private InParallel() {}

    /** Returns when all have succeeded; as soon as one fails, throws its failure and leaves the others behind. */
    static void run(List<Callable<?>> steps) {
        ExecutorService threads = Executors.newFixedThreadPool(steps.size(), work -> {
            Thread thread = new Thread(work, "start");
            thread.setDaemon(true);
            return thread;
        });
        try {
            ExecutorCompletionService<Object> running = new ExecutorCompletionService<>(threads);
            steps.forEach(step -> running.submit(step::call));
            for (int i = 0; i < steps.size(); i++) {
                running.take().get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new StationFailure("the start failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StationFailure("the start was interrupted", e);
        } finally {
            threads.shutdown();
        }
    }
}
