package io.agentstation.store.session;

/**
 * Cassandra did not answer, or too few of its nodes did: a transient failure. A write that ended so may or may not have
 * been done; every write here is idempotent or conditional, so that it can be tried again.
 */
public final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
