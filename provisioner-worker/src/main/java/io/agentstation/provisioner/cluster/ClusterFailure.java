package io.agentstation.provisioner.cluster;

import org.jspecify.annotations.Nullable;

/** The cluster refused or did not answer; the message says why and what can be done, in words for the agent's owner. */
public abstract sealed class ClusterFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ClusterFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** It may pass by itself, or when somebody puts the cluster right: to be tried again. */
    public static final class Transient extends ClusterFailure {

        private static final long serialVersionUID = 1L;

        public Transient(String message, Throwable cause) {
            super(message, cause);
        }

        public Transient(String message) {
            super(message, null);
        }
    }

    /** The same request will be refused again: another command has to change it. */
    public static final class Permanent extends ClusterFailure {

        private static final long serialVersionUID = 1L;

        public Permanent(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
