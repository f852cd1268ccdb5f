package io.agentstation.agent;

/** Measures what an agent uses. Called about once a minute, must not block. */
public interface ResourceUsage {

    /** Percent of one core since the last call, or since the start; more than 100 on several cores. */
    double cpuPercent();

    /** Resident memory in megabytes (2^20 bytes). */
    double memoryMb();
}
