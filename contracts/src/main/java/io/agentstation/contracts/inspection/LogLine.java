package io.agentstation.contracts.inspection;

import java.time.Instant;

/**
 * One line that a container has printed.
 *
 * @param at      when, by the node's clock
 * @param restart which start of the container, from 0
 */
public record LogLine(Instant at, String pod, String container, int restart, String text) {}
