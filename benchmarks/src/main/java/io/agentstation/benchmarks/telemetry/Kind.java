package io.agentstation.benchmarks.telemetry;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

/** A kind of report: what is in the topic, and what the bare loop inserts into the same table. */
enum Kind {
    HEARTBEATS(Topic.HEARTBEATS, "heartbeats", """
            INSERT INTO heartbeats (agent_id, day, append_time, record_offset, mode, uptime_seconds)
            VALUES (?, ?, ?, ?, ?, ?)""") {
        @Override
        byte[] message(long number) {
            return Wire.write(new Heartbeat(HeartbeatMode.IDLE, 43_200.25 + number));
        }

        @Override
        BoundStatement bind(PreparedStatement insert, UUID agent, Instant at, long number) {
            return insert.bind(agent, day(at), at, number, "IDLE", 43_200.25 + number);
        }
    },
    METRICS(Topic.METRICS, "metrics", """
            INSERT INTO metrics (agent_id, day, append_time, record_offset, cpu_percent, memory_mb, requests_handled,
              custom_metrics)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""") {
        @Override
        byte[] message(long number) {
            return Wire.write(new MetricsReport(
                    12.5 + number % 80, 256.25, number, Map.of("queue_depth", number % 100, "model", "large")));
        }

        @Override
        BoundStatement bind(PreparedStatement insert, UUID agent, Instant at, long number) {
            return insert.bind(
                    agent,
                    day(at),
                    at,
                    number,
                    12.5 + number % 80,
                    256.25,
                    number,
                    "{\"queue_depth\":42,\"model\":\"large\"}");
        }
    };

    private final Topic topic;
    private final String table;
    private final String insert;

    Kind(Topic topic, String table, String insert) {
        this.topic = topic;
        this.table = table;
        this.insert = insert;
    }

    Topic topic() {
        return topic;
    }

    String table() {
        return table;
    }

    /** The plainest statement there is: no timestamp, the table's time to live. */
    String insert() {
        return insert;
    }

    /** The value of a record. */
    abstract byte[] message(long number);

    /** The loop's next row. */
    abstract BoundStatement bind(PreparedStatement insert, UUID agent, Instant at, long number);

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
