package io.agentstation.webhooks.intake;

import java.time.Duration;

/**
 * How records are read.
 *
 * @param group       prefix of the consumer groups
 * @param threads     how many partitions of {@code agent.lifecycle} are read side by side
 * @param takeWithin  how long one batch may take to be delivered or stored before it is read again
 */
public record IntakeSettings(String group, int threads, Duration takeWithin) {}
