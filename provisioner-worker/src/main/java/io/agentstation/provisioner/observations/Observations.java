package io.agentstation.provisioner.observations;

import io.agentstation.contracts.observations.Observation;

/** Where observations go: {@code agent.observations}, in the order of the calls for one agent. */
public interface Observations {

    /**
     * Publishes and waits until Kafka has acknowledged it.
     *
     * @throws ObservationsUnavailable when that stays unknown; can be repeated, readers take an observation twice
     */
    void publish(Observation observation);
}
