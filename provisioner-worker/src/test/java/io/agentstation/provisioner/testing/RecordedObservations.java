package io.agentstation.provisioner.testing;

import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.provisioner.observations.Observations;
import io.agentstation.provisioner.observations.ObservationsUnavailable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is published; {@link #refuse} makes Kafka go away, {@link #defect} is an exception that nobody expects. */
public final class RecordedObservations implements Observations {

    public final List<Observation> all = new ArrayList<>();
    public boolean refuse;
    public boolean defect;

    @Override
    public void publish(Observation observation) {
        if (refuse) {
            throw new ObservationsUnavailable("Kafka is away", new IOException("told so by the test"));
        }
        if (defect) {
            throw new IllegalStateException("told so by the test");
        }
        all.add(observation);
    }

    /** Outcomes only. */
    public List<Observation> outcomes() {
        return all.stream()
                .filter(said -> !(said instanceof Observation.StatusChanged))
                .toList();
    }

    /** The outcomes of one command. */
    public List<Observation> of(CommandId command) {
        return outcomes().stream()
                .filter(said -> command.equals(commandOf(said)))
                .toList();
    }

    private static CommandId commandOf(Observation said) {
        return said.match(new Observation.Cases<CommandId>(
                Observation.Applied::commandId,
                Observation.NoChange::commandId,
                Observation.Rejected::commandId,
                Observation.Failed::commandId,
                Observation.Removed::commandId,
                completed -> {
                    throw new AssertionError("a completion answers no command");
                },
                status -> {
                    throw new AssertionError("a status answers no command");
                }));
    }
}
