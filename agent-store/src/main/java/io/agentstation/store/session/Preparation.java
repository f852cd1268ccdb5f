package io.agentstation.store.session;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares statements when a process starts. A Cassandra that starts beside it may need longer for one than a request may
 * take, which is no reason to end: it is asked again, for half a minute.
 */
final class Preparation {

    private static final Logger log = LoggerFactory.getLogger(Preparation.class);

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private Preparation() {}

    /** The statement; fails as the driver does, by its time-out only when patience has run out. */
    static PreparedStatement of(CqlSession session, String cql, LongSupplier nanos) {
        long giveUp = nanos.getAsLong() + PATIENCE.toNanos();
        while (true) {
            try {
                return session.prepare(cql);
            } catch (DriverTimeoutException e) {
                if (nanos.getAsLong() - giveUp >= 0) {
                    throw e;
                }
                log.atDebug().setCause(e).log("Cassandra has not prepared a statement in time, it is asked again");
            }
        }
    }
}
