package io.agentstation.architecture.broken;

import com.datastax.oss.driver.api.core.CqlSession;

/** Speaks to Cassandra itself. */
public final class CqlAnywhere {

    private CqlAnywhere() {}

    static void write(CqlSession session) {
        session.execute("TRUNCATE agents");
    }
}
