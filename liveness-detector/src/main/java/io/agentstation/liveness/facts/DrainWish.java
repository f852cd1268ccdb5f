package io.agentstation.liveness.facts;

/**
 * The newest Drain or Resume.
 *
 * @param draining   true for Drain
 * @param deadlineMs when the drain has taken long enough, epoch milliseconds; meaningless for Resume
 */
record DrainWish(Asked asked, boolean draining, long deadlineMs) {}
