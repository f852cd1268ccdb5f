package io.agentstation.store.schema;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.QueryConsistencyException;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a keyspace to the schema of this version: makes it when it is missing, then applies each migration that it lacks,
 * in order. Forward only; every statement can be repeated, so that a migration cut short is simply applied again.
 *
 * <p>Several services may start at once: one of them holds the lock, the others wait for it (60 s at most).
 */
public final class SchemaMigrations {

    private static final Logger log = LoggerFactory.getLogger(SchemaMigrations.class);
    private static final Duration LOCK_WAIT = Duration.ofSeconds(60);
    private static final Duration LOCK_POLL = Duration.ofMillis(200);

    private final CqlSession session;
    private final StoreSettings settings;
    private final UUID me = UUID.randomUUID();

    private SchemaMigrations(CqlSession session, StoreSettings settings) {
        this.session = session;
        this.settings = settings;
    }

    /**
     * Applies what is missing and returns the versions that were applied now.
     *
     * @throws IllegalStateException when the keyspace is newer than this program, or another holds the lock for too long
     */
    public static List<String> apply(StoreSettings settings) {
        return apply(settings, Migration.all());
    }

    static List<String> apply(StoreSettings settings, List<Migration> known) {
        try (CqlSession session = StoreSession.openBare(settings)) {
            return new SchemaMigrations(session, settings).apply(known);
        }
    }

    private List<String> apply(List<Migration> known) {
        makeKeyspace();
        List<Migration> missing = missing(known);
        if (missing.isEmpty()) {
            return List.of();
        }
        lock();
        try {
            List<Migration> still = missing(known);
            still.forEach(this::apply);
            return still.stream().map(Migration::version).toList();
        } finally {
            unlock();
        }
    }

    private void makeKeyspace() {
        ddl("CREATE KEYSPACE IF NOT EXISTS " + settings.keyspace()
                + " WITH replication = {'class': 'NetworkTopologyStrategy', '" + settings.localDatacenter() + "': "
                + settings.replicationFactor() + "}");
        ddl("USE " + settings.keyspace());
        ddl("CREATE TABLE IF NOT EXISTS schema_migrations (version text PRIMARY KEY, applied_at timestamp)");
        ddl("CREATE TABLE IF NOT EXISTS schema_lock (id text PRIMARY KEY, holder uuid)");
    }

    private List<Migration> missing(List<Migration> known) {
        Set<String> applied = new HashSet<>();
        for (Row row : session.execute("SELECT version FROM schema_migrations")) {
            applied.add(row.get("version", String.class));
        }
        Set<String> unknown = new HashSet<>(applied);
        known.forEach(migration -> unknown.remove(migration.version()));
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("keyspace " + settings.keyspace() + " has migrations " + unknown
                    + " that this version does not know: start a newer version of Agent Station");
        }
        return known.stream().filter(m -> !applied.contains(m.version())).toList();
    }

    private void apply(Migration migration) {
        migration.statements().forEach(this::ddl);
        session.execute(SimpleStatement.newInstance(
                "INSERT INTO schema_migrations (version, applied_at) VALUES (?, toTimestamp(now()))",
                migration.version()));
        log.atInfo()
                .addKeyValue("version", migration.version())
                .addKeyValue("keyspace", settings.keyspace())
                .log("Schema migration applied");
    }

    private void lock() {
        SimpleStatement take = SimpleStatement.newInstance(
                "INSERT INTO schema_lock (id, holder) VALUES ('migration', ?) IF NOT EXISTS USING TTL 60", me);
        long giveUp = System.nanoTime() + LOCK_WAIT.toNanos();
        while (!isMine(answer(take, giveUp))) {
            pause(giveUp);
        }
    }

    // An attempt whose answer was lost may have taken the lock.
    private boolean isMine(ResultSet answer) {
        return answer.wasApplied() || me.equals(answer.one().getUuid("holder"));
    }

    private void unlock() {
        answer(
                SimpleStatement.newInstance("DELETE FROM schema_lock WHERE id = 'migration' IF holder = ?", me),
                System.nanoTime() + LOCK_WAIT.toNanos());
    }

    // Several who want the lock at once can keep each other from it until Cassandra's time for one attempt is up.
    private ResultSet answer(SimpleStatement conditional, long giveUp) {
        while (true) {
            try {
                return session.execute(conditional.setExecutionProfileName(StoreSession.SCHEMA_PROFILE));
            } catch (QueryConsistencyException | DriverTimeoutException e) {
                log.atDebug().setCause(e).log("The schema lock's answer was lost, it is asked again");
                pause(giveUp);
            }
        }
    }

    private void pause(long giveUp) {
        if (System.nanoTime() > giveUp) {
            throw new IllegalStateException("another process has held the schema lock of keyspace "
                    + settings.keyspace() + " for more than " + LOCK_WAIT.toSeconds() + " s");
        }
        LockSupport.parkNanos(LOCK_POLL.toNanos() + ThreadLocalRandom.current().nextLong(LOCK_POLL.toNanos()));
    }

    private void ddl(String statement) {
        session.execute(SimpleStatement.newInstance(statement).setExecutionProfileName(StoreSession.SCHEMA_PROFILE));
    }
}
