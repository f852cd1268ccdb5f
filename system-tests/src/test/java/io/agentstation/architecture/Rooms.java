package io.agentstation.architecture;

import java.util.List;

/** The packages of the rooms: one below the base package each. */
final class Rooms {

    /** Of every class of the house. */
    static final String BASE = "io.agentstation";

    /** Processes of their own, which know each other by messages only. */
    static final List<String> SERVICES = List.of("gateway", "provisioner", "liveness", "telemetry", "webhooks");

    /** All of them. */
    static final List<String> ALL = List.of(
            "contracts",
            "store",
            "gateway",
            "provisioner",
            "liveness",
            "telemetry",
            "webhooks",
            "agent",
            "embedded",
            "cluster",
            "standalone");

    private Rooms() {}

    /** ArchUnit's pattern for a room's packages. */
    static String packagesOf(String room) {
        return BASE + "." + room + "..";
    }

    /** Patterns for several rooms. */
    static String[] packagesOf(List<String> rooms) {
        return rooms.stream().map(Rooms::packagesOf).toArray(String[]::new);
    }
}
