package io.agentstation.provisioner.inspection;

/** Whoever asked does not read the answer any longer. */
final class ClientGone extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClientGone(Throwable cause) {
        super(cause);
    }
}
