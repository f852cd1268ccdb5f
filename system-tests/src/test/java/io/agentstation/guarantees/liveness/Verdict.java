package io.agentstation.guarantees.liveness;

import java.util.List;

/**
 * What a detector's word was worth.
 *
 * @param heartbeats  of the fleet, in the log
 * @param deaths      of the fleet
 * @param falseAlarms said of an agent that lived and kept the contract, or before anything was due
 * @param missed      deaths that were not told within their bound
 * @param repeated    silences that were told more than once
 * @param broken      agents whose events do not count 1, 2, 3...
 * @param excused     alarms of living agents that broke the contract themselves
 * @param worstShare  the longest time from the last heartbeat to the alarm, in shares of its bound
 * @param worstDelayMs the longest time from the bound, or the fault's end, to the alarm in the log; below 0 when before it
 * @param evidence    a line for each failure
 */
record Verdict(
        int heartbeats,
        int deaths,
        int falseAlarms,
        int missed,
        int repeated,
        int broken,
        int excused,
        double worstShare,
        long worstDelayMs,
        List<String> evidence) {

    int failures() {
        return falseAlarms + missed + repeated + broken;
    }

    String summary() {
        return "%d heartbeats, %d deaths, %d false, %d missed, %d repeated, %d broken, %d excused, worst %.2f of the bound, %d ms after it"
                .formatted(
                        heartbeats, deaths, falseAlarms, missed, repeated, broken, excused, worstShare, worstDelayMs);
    }
}
