package io.agentstation.provisioner.sweep;

import org.jspecify.annotations.Nullable;

/**
 * What a sweep has found and done.
 *
 * @param agents  of the owned partitions that have anything on the cluster
 * @param orphans those of them that should not
 * @param deleted those of them whose objects were deleted
 * @param alarm   why nothing was deleted, in words; null when nothing is wrong
 */
public record SweepReport(
        int agents, int orphans, int deleted, @Nullable String alarm) {}
