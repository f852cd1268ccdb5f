package io.agentstation.cluster.apply;

/** Which part of an object a request writes. */
public enum Scope {
    /** All but the status. */
    MAIN,
    /** The status sub-resource. */
    STATUS
}
