package io.agentstation.standalone.startup;

import io.agentstation.embedded.process.ClassArchives;
import java.time.Duration;

/** In which order parts stop, first to last, and how long each stage may take: 9.5 s together. */
public enum StopOrder {
    /** The API first: what it has accepted is finished, nothing more comes in. */
    API(Duration.ofSeconds(3)),
    /** Those who work on what was accepted. */
    SERVICES(Duration.ofMillis(2_400)),
    /** The simulated cluster. */
    CLUSTER(Duration.ofMillis(500)),
    /** Kafka and Cassandra. */
    SERVERS(ClassArchives.ofThisJvm().stopTimeout(Duration.ofMillis(3_400))),
    /** The data directory's lock. */
    DIRECTORY(Duration.ofMillis(200));

    private final Duration limit;

    StopOrder(Duration limit) {
        this.limit = limit;
    }

    /** How long this stage may take before the next begins. */
    public Duration limit() {
        return limit;
    }
}
