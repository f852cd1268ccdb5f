package io.agentstation.standalone.logs;

import java.nio.file.Path;
import java.util.Locale;

/** A part of the station that writes a log. */
public enum LogPart {
    /** The services, the simulated cluster and the launcher. */
    STATION("logs/station.log"),
    /** The broker. */
    KAFKA("kafka/logs/kafka.log"),
    /** The store. */
    CASSANDRA("cassandra/logs/cassandra.log");

    private final String file;

    LogPart(String file) {
        this.file = file;
    }

    /** Its log in a station's directory. */
    public Path in(Path data) {
        return data.resolve(file);
    }

    /** As people write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
