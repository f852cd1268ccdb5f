package io.agentstation.webhooks.sending;

import java.time.Duration;

/**
 * What one request may cost.
 *
 * @param connect     until the connection is there, TLS included
 * @param total       from looking the host up to the end of the answer
 * @param connections at a time, to all receivers together
 */
public record ClientLimits(Duration connect, Duration total, int connections) {}
