package io.agentstation.contracts.lifecycle;

/** What can move an agent from one state to the next. */
public enum Trigger {
    RESOURCES_APPLIED,
    HEARTBEAT_HEARD,
    DRAIN_REQUESTED,
    DELETE_REQUESTED,
    RESUME_REQUESTED,
    REMOVED_ON_REQUEST,
    REMOVED_BY_STATION
}
