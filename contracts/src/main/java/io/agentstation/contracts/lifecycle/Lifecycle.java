package io.agentstation.contracts.lifecycle;

import static io.agentstation.contracts.lifecycle.AgentState.ACTIVE;
import static io.agentstation.contracts.lifecycle.AgentState.DRAINING;
import static io.agentstation.contracts.lifecycle.AgentState.KILLED;
import static io.agentstation.contracts.lifecycle.AgentState.NEW;
import static io.agentstation.contracts.lifecycle.AgentState.PROVISIONED;
import static io.agentstation.contracts.lifecycle.AgentState.TERMINATED;
import static io.agentstation.contracts.lifecycle.Trigger.DELETE_REQUESTED;
import static io.agentstation.contracts.lifecycle.Trigger.DRAIN_REQUESTED;
import static io.agentstation.contracts.lifecycle.Trigger.HEARTBEAT_HEARD;
import static io.agentstation.contracts.lifecycle.Trigger.REMOVED_BY_STATION;
import static io.agentstation.contracts.lifecycle.Trigger.REMOVED_ON_REQUEST;
import static io.agentstation.contracts.lifecycle.Trigger.RESOURCES_APPLIED;
import static io.agentstation.contracts.lifecycle.Trigger.RESUME_REQUESTED;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one table of legal edges. An unlisted pair of state and trigger is no transition, and not an error. */
public final class Lifecycle {

    /** One legal edge, and the event that reports it. */
    public record Edge(AgentState from, Trigger trigger, AgentState to, EventType event) {}

    private static final List<Edge> EDGES = List.of(
            new Edge(NEW, RESOURCES_APPLIED, PROVISIONED, EventType.PROVISIONED),
            new Edge(NEW, REMOVED_ON_REQUEST, TERMINATED, EventType.TERMINATED),
            new Edge(NEW, REMOVED_BY_STATION, KILLED, EventType.KILLED),
            new Edge(PROVISIONED, HEARTBEAT_HEARD, ACTIVE, EventType.ACTIVATED),
            new Edge(PROVISIONED, REMOVED_ON_REQUEST, TERMINATED, EventType.TERMINATED),
            new Edge(PROVISIONED, REMOVED_BY_STATION, KILLED, EventType.KILLED),
            new Edge(ACTIVE, DRAIN_REQUESTED, DRAINING, EventType.DRAINING),
            new Edge(ACTIVE, DELETE_REQUESTED, DRAINING, EventType.DRAINING),
            new Edge(ACTIVE, REMOVED_BY_STATION, KILLED, EventType.KILLED),
            new Edge(DRAINING, RESUME_REQUESTED, ACTIVE, EventType.RESUMED),
            new Edge(DRAINING, REMOVED_ON_REQUEST, TERMINATED, EventType.TERMINATED),
            new Edge(DRAINING, REMOVED_BY_STATION, KILLED, EventType.KILLED));

    private Lifecycle() {}

    /** Every legal edge, in the order of the table. */
    public static List<Edge> edges() {
        return EDGES;
    }

    /** The edge that a trigger takes from a state, if there is one. */
    public static Optional<Edge> next(AgentState current, Trigger trigger) {
        return EDGES.stream()
                .filter(edge -> edge.from() == current && edge.trigger() == trigger)
                .findFirst();
    }

    /** The shortest legal way from one state to another; empty when there is none, or none is needed. */
    public static List<Edge> path(AgentState from, AgentState to) {
        Map<AgentState, Edge> reachedBy = new EnumMap<>(AgentState.class);
        Deque<AgentState> frontier = new ArrayDeque<>(List.of(from));
        while (!frontier.isEmpty() && !reachedBy.containsKey(to)) {
            AgentState state = frontier.remove();
            for (Edge edge : EDGES) {
                if (edge.from() == state && edge.to() != from && reachedBy.putIfAbsent(edge.to(), edge) == null) {
                    frontier.add(edge.to());
                }
            }
        }
        return walkBack(reachedBy, to);
    }

    private static List<Edge> walkBack(Map<AgentState, Edge> reachedBy, AgentState to) {
        List<Edge> path = new ArrayList<>();
        for (Edge edge = reachedBy.get(to); edge != null; edge = reachedBy.get(edge.from())) {
            path.add(0, edge);
        }
        return List.copyOf(path);
    }

    /** The table as a Mermaid state diagram; {@code docs/lifecycle.md} holds exactly this. */
    public static String toMermaid() {
        StringBuilder diagram = new StringBuilder("stateDiagram-v2\n    [*] --> NEW\n");
        for (Edge edge : EDGES) {
            diagram.append("    %s --> %s: %s\n".formatted(edge.from(), edge.to(), edge.trigger()));
        }
        return diagram.append("    TERMINATED --> [*]\n    KILLED --> [*]\n").toString();
    }
}
