package io.agentstation.gateway.operations;

import io.agentstation.contracts.lifecycle.EventType;

/** The operations, each with the event that says that it was done, besides NO_CHANGE, and its words. */
enum Kind {
    UPDATE(EventType.UPDATED, "The update of the agent", "Agent updated"),
    SCALE(EventType.SCALED, "The scale of the agent", "Agent scaled"),
    RESTART(EventType.RESTARTED, "The restart of the agent", "Agent restarted"),
    DRAIN(EventType.DRAINING, "The drain of the agent", "Agent is draining"),
    DRAINED(EventType.TERMINATED, "The end of the drained agent", "Agent drained and terminated"),
    RESUME(EventType.RESUMED, "The resumption of the agent", "Agent resumed"),
    KILL(EventType.KILLED, "The kill of the agent", "Agent killed");

    private final EventType done;
    private final String subject;
    private final String sentence;

    Kind(EventType done, String subject, String sentence) {
        this.done = done;
        this.subject = subject;
        this.sentence = sentence;
    }

    EventType done() {
        return done;
    }

    /** What is asked for, as the subject of a sentence. */
    String subject() {
        return subject;
    }

    /** That it was done. */
    String sentence() {
        return sentence;
    }

    /** Whether it asks for the agent's end. */
    boolean isEnd() {
        return this == DRAINED || this == KILL;
    }
}
