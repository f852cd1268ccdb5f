package io.agentstation.benchmarks.liveness;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** What a Streams application has appended to its changelogs, by its producers' own count. */
final class Changelogs {

    private static final String GROUP = "producer-topic-metrics";
    private static final String SUFFIX = "-changelog";

    private Changelogs() {}

    /** The store whose changelog a topic is; empty for any other topic. */
    static Optional<String> store(String applicationId, String topic) {
        String prefix = applicationId + "-";
        return topic.startsWith(prefix) && topic.endsWith(SUFFIX)
                ? Optional.of(topic.substring(prefix.length(), topic.length() - SUFFIX.length()))
                : Optional.empty();
    }

    /** A total of the producers for each store: {@code byte-total} or {@code record-send-total}. */
    static SortedMap<String, Double> totals(
            String applicationId, String total, Map<MetricName, ? extends Metric> metrics) {
        SortedMap<String, Double> totals = new TreeMap<>();
        metrics.forEach((name, metric) -> {
            if (name.group().equals(GROUP) && name.name().equals(total)) {
                store(applicationId, name.tags().getOrDefault("topic", ""))
                        .ifPresent(store ->
                                totals.merge(store, ((Number) metric.metricValue()).doubleValue(), Double::sum));
            }
        });
        return totals;
    }
}
