package io.agentstation.gateway.edges;

/** A client sends its body more slowly than it may. */
final class BodyTooSlow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BodyTooSlow(String message) {
        super(message);
    }
}
