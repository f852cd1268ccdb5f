package io.agentstation.gateway.inspection;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.inspection.LogLine;
import java.time.Instant;
import java.util.List;

/**
 * A part of an agent's log.
 *
 * @param logs      oldest first
 * @param truncated whether there may be older lines that were not asked for
 */
record LogView(AgentId agentUuid, List<Line> logs, int totalLines, boolean truncated) {

    /** A line, and where it was printed; {@code restart} is which start of the container, from 0. */
    record Line(Instant timestamp, String pod, String container, int restart, String message) {
        static Line of(LogLine line) {
            return new Line(line.at(), line.pod(), line.container(), line.restart(), line.text());
        }
    }

    static LogView of(AgentId agent, List<LogLine> lines, int asked) {
        return new LogView(agent, lines.stream().map(Line::of).toList(), lines.size(), lines.size() >= asked);
    }
}
