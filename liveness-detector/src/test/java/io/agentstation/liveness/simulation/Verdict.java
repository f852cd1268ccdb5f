package io.agentstation.liveness.simulation;

import io.agentstation.liveness.simulation.Truth.Death;
import io.agentstation.liveness.simulation.Weather.Stall;
import java.util.HashMap;
import java.util.Map;

/**
 * What a judge's alarms are worth.
 *
 * @param falseAlarms  said of an agent that lived
 * @param repeated     said of a death that it had been said of
 * @param deaths       whose bound has passed before the agent came back or the scenario ended
 * @param inStalls     those of them that fell into a stall
 * @param missed       those never told
 * @param late         those told after the bound
 * @param worstShare   the longest time from the last heartbeat to the alarm, in intervals
 * @param worstSlackMs the longest time from the bound to the alarm; below 0 when all were told before it
 */
record Verdict(
        int falseAlarms,
        int repeated,
        int deaths,
        int inStalls,
        int missed,
        int late,
        double worstShare,
        long worstSlackMs) {

    /** How the latest moment for an alarm is told from what really happened. */
    interface Bound {

        long latestMs(Death death, Weather weather);
    }

    /** ADR 3: 1.5 intervals, or a stall's end and a stall grace, or an outage's end, an interval and a grace. */
    static long design(Death death, Weather weather) {
        long interval = Rules.SETTINGS.intervalMs(death.mode);
        long grace = Rules.SETTINGS.graceMs(death.mode);
        long bound = death.lastHeardMs + interval * 3 / 2;
        for (Stall stall : weather.stalls()) {
            // A tick may be overdue by the threshold before its absence is a stall.
            if (stall.endMs() >= death.lastHeardMs && stall.fromMs() <= bound + Weather.TICK_MS) {
                boolean outage = stall.endMs() - stall.fromMs() > 4_500
                        && stall.endMs() + Weather.TICK_MS >= death.lastHeardMs + interval - grace;
                bound = Math.max(
                        bound, stall.endMs() + (outage ? interval + grace : Rules.SETTINGS.stallGraceMs(death.mode)));
            }
        }
        return bound + 2 * Weather.TICK_MS;
    }

    /** Everything that must not be. */
    int failures() {
        return falseAlarms + repeated + missed + late;
    }

    static Verdict of(Scenario scenario, Truth truth, Weather weather, Alarms alarms, Bound bound) {
        int falseAlarms = 0;
        int repeated = 0;
        Map<Death, Long> told = new HashMap<>();
        for (Alarms.Alarm alarm : alarms.all()) {
            Map.Entry<Long, Death> latest = truth.deaths(alarm.agent()).floorEntry(alarm.atMs());
            if (latest == null || alarm.atMs() >= latest.getValue().heardAgainMs) {
                falseAlarms++;
            } else if (told.putIfAbsent(latest.getValue(), alarm.atMs()) != null) {
                repeated++;
            }
        }
        return of(scenario, truth, weather, bound, told, falseAlarms, repeated);
    }

    private static Verdict of(
            Scenario scenario,
            Truth truth,
            Weather weather,
            Bound bound,
            Map<Death, Long> told,
            int falseAlarms,
            int repeated) {
        int due = 0;
        int inStalls = 0;
        int missed = 0;
        int late = 0;
        double worstShare = 0;
        long worstSlack = Long.MIN_VALUE;
        for (Death death : truth.deaths()) {
            Long at = told.get(death);
            long latest = bound.latestMs(death, weather);
            if (at != null) {
                long silence = at - death.lastHeardMs;
                worstShare = Math.max(worstShare, (double) silence / Rules.SETTINGS.intervalMs(death.mode));
                worstSlack = Math.max(worstSlack, at - latest);
                late += at > latest ? 1 : 0;
            }
            if (latest < Math.min(death.heardAgainMs, scenario.endMs())) {
                due++;
                inStalls += weather.isStalled(death.atMs) ? 1 : 0;
                missed += at == null ? 1 : 0;
            }
        }
        return new Verdict(falseAlarms, repeated, due, inStalls, missed, late, worstShare, worstSlack);
    }
}
