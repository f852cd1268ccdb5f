package io.agentstation.provisioner.cluster;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The cluster refused or did not answer; the message says why and what can be done, in words for the agent's owner. */
public abstract sealed class ClusterFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ClusterFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** It may pass by itself, or when somebody puts the cluster right: to be tried again. */
    public static non-sealed class Transient extends ClusterFailure {

        private static final long serialVersionUID = 1L;

        private final Duration notBefore;

        public Transient(String message, Throwable cause) {
            this(message, cause, Duration.ZERO);
        }

        public Transient(String message) {
            super(message, null);
            this.notBefore = Duration.ZERO;
        }

        /** A cluster that has said when it wants to be asked again ({@code Retry-After}). */
        public Transient(String message, Throwable cause, Duration notBefore) {
            super(message, cause);
            this.notBefore = notBefore;
        }

        /** How long not to ask again; nothing when the cluster has not said. */
        public Duration notBefore() {
            return notBefore;
        }
    }

    /** The API server has not answered: whether the request has been carried out is unknown. */
    public static final class Unreachable extends Transient {

        private static final long serialVersionUID = 1L;

        public Unreachable(String message, Throwable cause) {
            super(message, cause);
        }

        /** The same with the time since which no call has been answered. */
        Unreachable since(Instant time) {
            return new Unreachable("cluster unreachable since " + time + ": " + getMessage(), this);
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
