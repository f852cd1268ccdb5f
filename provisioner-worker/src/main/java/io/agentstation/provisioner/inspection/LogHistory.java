package io.agentstation.provisioner.inspection;

import io.agentstation.contracts.inspection.LogLine;
import io.agentstation.provisioner.cluster.ContainerLogs;
import io.agentstation.provisioner.cluster.ContainerStart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What an agent's containers have printed, in one order: of all its pods, the last start of each container and the one before. */
final class LogHistory {

    private static final Comparator<LogLine> BY_TIME = Comparator.comparing(LogLine::at);

    private final ContainerLogs logs;

    LogHistory(ContainerLogs logs) {
        this.logs = logs;
    }

    /**
     * The newest lines, oldest first.
     *
     * @throws io.agentstation.provisioner.cluster.ClusterFailure when the cluster refuses or does not answer
     */
    List<LogLine> of(List<ContainerStart> starts, LogQuestion question) {
        List<LogLine> newest = List.of();
        if (question.lines() > 0) {
            for (ContainerStart start : starts) {
                if (start.restart() > 0) {
                    newest = merged(newest, read(start.before(), false, question), question.lines());
                }
                newest = merged(newest, read(start, true, question), question.lines());
            }
        }
        return newest;
    }

    private List<LogLine> read(ContainerStart start, boolean isNewest, LogQuestion question) {
        return logs.tail(start, isNewest, question.since(), question.lines());
    }

    /** The newest of both. The sort is stable: what one container printed within one moment stays in its order. */
    static List<LogLine> merged(List<LogLine> some, List<LogLine> others, int most) {
        List<LogLine> all = new ArrayList<>(some);
        all.addAll(others);
        all.sort(BY_TIME);
        return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
    }
}
