package io.agentstation.webhooks.sending;

/** An attempt ended without an answer; the message is for whoever owns the subscription. */
public final class SendingFailed extends Exception {

    private static final long serialVersionUID = 1L;

    SendingFailed(String message) {
        super(message);
    }

    SendingFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
