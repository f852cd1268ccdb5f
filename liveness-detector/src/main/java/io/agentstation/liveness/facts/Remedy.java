package io.agentstation.liveness.facts;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.agentstation.contracts.policies.UnhealthyPolicy;

/** What the agent's own policy says about its silence, and whether it was carried out for the silence told last. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
final class Remedy {

    UnhealthyPolicy policy = UnhealthyPolicy.INHERIT;
    long policyOffset = -1;
    long unhealthyAtMs = -1;
    boolean applied;

    /** The policy that was asked for last counts. */
    void asked(UnhealthyPolicy wanted, long offset) {
        if (offset > policyOffset) {
            policy = wanted;
            policyOffset = offset;
        }
    }

    /** A silence was told: a new one, nothing was done about it yet. */
    void silenceTold(long atMs) {
        unhealthyAtMs = atMs;
        applied = false;
    }
}
