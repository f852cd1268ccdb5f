package io.agentstation.cluster.kubelet;

import java.time.Duration;

/**
 * How long pods take.
 *
 * @param start        from the creation of a pod until it runs
 * @param stop         from its deletion until it is gone, when it heeds SIGTERM
 * @param backOffSpeed how many times faster than a real kubelet's the waits between restarts and pulls pass
 */
public record PodPacing(Duration start, Duration stop, int backOffSpeed) {

    public PodPacing {
        if (start.isNegative() || stop.isNegative()) {
            throw new IllegalArgumentException("pods cannot start in " + start + " and stop in " + stop);
        }
        if (backOffSpeed < 1) {
            throw new IllegalArgumentException("back-offs cannot pass " + backOffSpeed + " times as fast: at least 1");
        }
    }
}
