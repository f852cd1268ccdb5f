package io.agentstation.liveness.detection;

import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.silence.SilenceRule;

/**
 * What a detector decides by.
 *
 * @param settings the numbers
 * @param rule     until when an agent may be silent
 * @param policies what is done about one that is silent for longer
 */
public record Criteria(LivenessSettings settings, SilenceRule rule, Policies policies) {}
