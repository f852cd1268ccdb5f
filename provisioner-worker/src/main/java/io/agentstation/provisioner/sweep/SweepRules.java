package io.agentstation.provisioner.sweep;

import java.time.Duration;

/**
 * When a sweep may delete.
 *
 * @param mostOrphans more agents at once that should not be there are a sign of a lost store, not of leaks
 * @param mostShare   of the agents on the cluster, from 0 to 1; one agent is always allowed
 * @param unknownFor  how long an agent's objects must have been there without a row
 */
public record SweepRules(int mostOrphans, double mostShare, Duration unknownFor) {

    /** 20 agents or a tenth of them, and an hour. */
    public static final SweepRules DEFAULT = new SweepRules(20, 0.1, Duration.ofHours(1));

    public SweepRules {
        if (mostOrphans < 1 || mostShare < 0 || mostShare > 1 || unknownFor.isNegative()) {
            throw new IllegalArgumentException("a sweep needs at least 1 orphan, a share from 0 to 1 and a patience"
                    + " that is not negative: " + mostOrphans + ", " + mostShare + ", " + unknownFor);
        }
    }

    /** How many agents may be orphans at once. */
    int limit(int agentsOnCluster) {
        return Math.max(1, Math.min(mostOrphans, (int) (agentsOnCluster * mostShare)));
    }
}
