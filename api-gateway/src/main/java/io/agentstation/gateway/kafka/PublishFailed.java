package io.agentstation.gateway.kafka;

/** A record was not acknowledged. */
public abstract sealed class PublishFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private PublishFailed(String message, Throwable cause) {
        super(message, cause);
    }

    /** It was refused before it was sent: it is certainly not in the log and never will be. */
    public static final class NotSent extends PublishFailed {

        private static final long serialVersionUID = 1L;

        /** A refusal and its reason. */
        public NotSent(String topic, Throwable cause) {
            super("not sent to " + topic + ": " + cause.getMessage(), cause);
        }
    }

    /** It may be in the log or not. */
    public static final class Unconfirmed extends PublishFailed {

        private static final long serialVersionUID = 1L;

        /** A lost answer and its reason. */
        public Unconfirmed(String topic, Throwable cause) {
            super("sent to " + topic + " and not confirmed: " + cause.getMessage(), cause);
        }
    }
}
