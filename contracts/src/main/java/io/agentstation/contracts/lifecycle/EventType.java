package io.agentstation.contracts.lifecycle;

/** The kinds of lifecycle event. */
public enum EventType {
    CREATED(Kind.TRANSITION),
    PROVISIONED(Kind.TRANSITION),
    ACTIVATED(Kind.TRANSITION),
    DRAINING(Kind.TRANSITION),
    RESUMED(Kind.TRANSITION),
    TERMINATED(Kind.TRANSITION),
    KILLED(Kind.TRANSITION),
    UNHEALTHY(Kind.HEALTH),
    RECOVERED(Kind.HEALTH),
    PROVISIONING_FAILED(Kind.OUTCOME),
    UPDATED(Kind.OUTCOME),
    SCALED(Kind.OUTCOME),
    RESTARTED(Kind.OUTCOME),
    REJECTED(Kind.OUTCOME),
    NO_CHANGE(Kind.OUTCOME);

    private final Kind kind;

    EventType(Kind kind) {
        this.kind = kind;
    }

    /** What sort of news it is. Only transitions change the state. */
    public Kind kind() {
        return kind;
    }

    /** Sorts of news. */
    public enum Kind {
        TRANSITION,
        HEALTH,
        OUTCOME
    }
}
