package io.agentstation.gateway.health;

import java.time.Instant;
import java.util.List;

/**
 * Something that a person should look at.
 *
 * @param alarm      its name, for programs
 * @param since      for people: log time or this gateway's wall clock
 * @param partitions that it is about
 * @param message    what it means, and what to do
 */
public record Alarm(String alarm, Instant since, List<Integer> partitions, String message) {

    private static final String DETECTOR_BLIND = "detector_blind";

    /**
     * The detector proves nothing in these partitions.
     *
     * @param blind not empty
     * @param of    how many partitions there are
     */
    static Alarm detectorBlind(List<PartitionSight.Blind> blind, int of) {
        Instant since = blind.stream()
                .map(PartitionSight.Blind::since)
                .min(Instant::compareTo)
                .orElseThrow();
        List<Integer> partitions =
                blind.stream().map(PartitionSight.Blind::partition).toList();
        String message = "Silence cannot be proven in " + blind.size() + " of " + of + " partitions since " + since
                + ": no agent there is called unhealthy, and no policy acts, until it can."
                + advice(
                        blind,
                        true,
                        " The detector reports that no gateway, or not every one, ticks: look at"
                                + " components.ticks of each gateway, and at Kafka.")
                + advice(blind, false, " The detector does not report: see that liveness-detector runs and keeps up.");
        return new Alarm(DETECTOR_BLIND, since, partitions, message);
    }

    private static String advice(List<PartitionSight.Blind> blind, boolean reporting, String words) {
        return blind.stream().anyMatch(each -> each.reporting() == reporting) ? words : "";
    }
}
