package io.agentstation.liveness.facts;

import org.jspecify.annotations.Nullable;

/**
 * The newest Drain or Resume.
 *
 * @param draining   true for Drain
 * @param atMs       when it was asked for, epoch milliseconds; null when that was remembered before this was
 * @param deadlineMs when the drain has taken long enough, epoch milliseconds; meaningless for Resume
 */
record DrainWish(
        Asked asked,
        boolean draining,
        long deadlineMs,
        @Nullable Long atMs) {}
