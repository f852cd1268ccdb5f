package io.agentstation.telemetry.observations;

import io.agentstation.contracts.observations.Observation;
import io.agentstation.store.agents.AgentProjections;
import io.agentstation.telemetry.batches.LogRecord;
import io.agentstation.telemetry.batches.Rows;
import io.agentstation.telemetry.batches.Write;
import java.util.List;
import java.util.Optional;

/** The specification as applied and the cluster's view of each agent; the other outcomes become lifecycle events elsewhere. */
public final class ObservationRows implements Rows<Observation> {

    private final AgentProjections projections;

    public ObservationRows(AgentProjections projections) {
        this.projections = projections;
    }

    @Override
    public List<List<Write>> of(List<LogRecord<Observation>> batch) {
        return List.of(
                batch.stream().map(this::projection).flatMap(Optional::stream).toList());
    }

    private Optional<Write> projection(LogRecord<Observation> record) {
        return record.message()
                .match(new Observation.Cases<Optional<Write>>(
                        applied -> Optional.of(Write.of("agents", () -> projections.project(applied))),
                        noChange -> Optional.empty(),
                        rejected -> Optional.empty(),
                        failed -> Optional.empty(),
                        removed -> Optional.empty(),
                        completed -> Optional.empty(),
                        changed -> Optional.of(Write.of(
                                "agents",
                                () -> projections.project(changed, record.appendTimeMs(), record.offset())))));
    }
}
