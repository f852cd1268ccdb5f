package io.agentstation.provisioner.observations;

/** Kafka did not acknowledge an observation in time: a transient failure, after which the same is to be done again. */
public final class ObservationsUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ObservationsUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
