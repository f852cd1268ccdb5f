package io.agentstation.liveness.topology;

import io.agentstation.liveness.silence.LivenessRule;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.silence.SilenceRule;
import java.util.function.UnaryOperator;

/**
 * The choices by which a negative control differs from the detector that runs: a mechanism is shown to matter by running
 * the same topology without it, beside the real one, on topics of its own.
 *
 * @param rule            until when an agent may be silent
 * @param outputs         the name of the topic to write to instead of this one
 * @param keepsChangelogs whether the stores survive their process
 * @param writesBeforeCommits whether the watches are written before what was read is committed as read
 */
record Variant(SilenceRule rule, UnaryOperator<String> outputs, boolean keepsChangelogs, boolean writesBeforeCommits) {

    /** What runs. */
    static Variant real(LivenessSettings settings) {
        return new Variant(new LivenessRule(settings), UnaryOperator.identity(), true, true);
    }

    String output(String topic) {
        return outputs.apply(topic);
    }
}
