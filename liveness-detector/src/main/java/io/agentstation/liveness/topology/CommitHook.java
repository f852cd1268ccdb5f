package io.agentstation.liveness.topology;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A store that is told of a commit before it happens. Kafka Streams has no such hook, but it flushes the cache of a cached
 * store in the transaction of every commit (4.2.1, {@code StreamTask.prepareCommit}); what stands behind that cache is this.
 * So whoever marks the cached store once is called back once, when the commit comes, and may still write to other stores.
 *
 * <p>The cache may also be flushed earlier, when it is full: what is written then is in the same transaction and harmless.
 * It keeps what it is given like the store it stands before, but nobody reads it.
 */
final class CommitHook implements KeyValueStore<Bytes, byte[]> {

    private final KeyValueStore<Bytes, byte[]> store;
    private final CommitHooks hooks;

    CommitHook(KeyValueStore<Bytes, byte[]> store, CommitHooks hooks) {
        this.store = store;
        this.hooks = hooks;
    }

    private Runnable beforeCommit = () -> {};

    /** From now on this is called before a commit, if the store was marked since the last one. */
    void beforeCommit(Runnable callback) {
        beforeCommit = callback;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        store.init(context, root);
        hooks.opened(context.taskId(), this);
    }

    @Override
    public void put(Bytes key, byte[] value) {
        store.put(key, value);
        beforeCommit.run();
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        store.putAll(entries);
        beforeCommit.run();
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        return store.putIfAbsent(key, value);
    }

    @Override
    public byte[] delete(Bytes key) {
        return store.delete(key);
    }

    @Override
    public byte[] get(Bytes key) {
        return store.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return store.range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return store.all();
    }

    @Override
    public long approximateNumEntries() {
        return store.approximateNumEntries();
    }

    @Override
    public Position getPosition() {
        return store.getPosition();
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public boolean persistent() {
        return store.persistent();
    }

    @Override
    public boolean isOpen() {
        return store.isOpen();
    }

    @Override
    public void flush() {
        store.flush();
    }

    @Override
    public void close() {
        store.close();
    }
}
