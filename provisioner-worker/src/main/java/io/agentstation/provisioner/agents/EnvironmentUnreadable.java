package io.agentstation.provisioner.agents;

/** The values of an agent's environment variables cannot be opened: a permanent failure of this agent. */
public final class EnvironmentUnreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EnvironmentUnreadable(String message, Throwable cause) {
        super(message, cause);
    }
}
