package io.agentstation.liveness.topology;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Where the processor of a task meets its {@link CommitHook}: a processor sees a store through decorators that cannot be
 * taken off. One for each topology; thread-safe.
 */
final class CommitHooks {

    private static final String MARK = "unwritten";
    private static final byte[] MARKED = {1};

    private final Map<TaskId, CommitHook> byTask = new ConcurrentHashMap<>();
    private final boolean enabled;

    /** Hooks that call back, unless this is a negative control. */
    CommitHooks(boolean enabled) {
        this.enabled = enabled;
    }

    /** A task's hook, once for each time that the task is opened. */
    void opened(TaskId task, CommitHook hook) {
        byTask.put(task, hook);
    }

    /** Lets a callback write before the commits of the context's task. */
    Marker beforeCommit(ProcessorContext<?, ?> context, Runnable callback) {
        CommitHook hook = Objects.requireNonNull(byTask.get(context.taskId()), "the task has no open commit hook");
        Marker marker = new Marker(context.getStateStore(LivenessTopology.COMMIT_HOOK_STORE), !enabled);
        hook.beforeCommit(() -> {
            marker.marked = false;
            callback.run();
        });
        return marker;
    }

    /** Asks for the callback. */
    static final class Marker {

        private final KeyValueStore<String, byte[]> cached;
        private boolean marked;

        private Marker(KeyValueStore<String, byte[]> cached, boolean marked) {
            this.cached = cached;
            this.marked = marked;
        }

        /** Sees to it that the callback runs before the next commit; marking again before it costs nothing. */
        void mark() {
            if (!marked) {
                marked = true;
                cached.put(MARK, MARKED);
            }
        }
    }
}
