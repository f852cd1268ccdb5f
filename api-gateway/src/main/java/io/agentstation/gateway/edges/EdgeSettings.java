package io.agentstation.gateway.edges;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How slow a client may be, and how slow an answer; a client that is slower is cut off.
 *
 * @param headWithin from a request's first byte to the end of its headers
 * @param bodyWithin from there to the end of its body
 * @param bodyPause  the longest between two pieces of a body
 * @param answerWithin how long all that a request asks of Cassandra and Kafka may take together
 */
@ConfigurationProperties("station.gateway.edges")
record EdgeSettings(
        @DefaultValue("10s") Duration headWithin,
        @DefaultValue("10s") Duration bodyWithin,
        @DefaultValue("5s") Duration bodyPause,
        @DefaultValue("1800ms") Duration answerWithin) {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    EdgeSettings {
        require("head-within", headWithin);
        require("body-within", bodyWithin);
        require("body-pause", bodyPause);
        require("answer-within", answerWithin);
    }

    private static void require(String key, Duration value) {
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "station.gateway.edges." + key + " must be above zero and at most 5 minutes: " + value);
        }
    }
}
