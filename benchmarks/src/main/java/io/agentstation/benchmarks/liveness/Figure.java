package io.agentstation.benchmarks.liveness;

/** The names of the figures that a process writes. */
final class Figure {

    static final String CPU_S_PER_MILLION = "cpu_s_per_million";
    static final String BROKER_S_PER_MILLION = "broker_cpu_s_per_million";
    static final String MILLIONS_PER_WALL_S = "millions_per_wall_s";
    static final String MEASURED_SHARE = "measured_share";
    static final String RUNNING_MS = "start_to_running_ms";
    static final String RESTORE_MS = "restore_ms";
    static final String HEAP_BYTES = "heap_bytes";
    static final String FACTS_BYTES = "facts_heap_bytes";
    static final String FACTS_JSON_BYTES = "facts_json_bytes";
    static final String HEARTBEATS = "heartbeats";
    static final String UNHEALTHY = "unhealthy";
    static final String POISON = "poison";

    /** Before a store's name. */
    static final String APPENDED_BYTES = "appended_bytes.";

    /** Before a store's name. */
    static final String APPENDED_RECORDS = "appended_records.";

    /** Before a store's name. */
    static final String RESTORED_RECORDS = "restored_records.";

    private Figure() {}
}
