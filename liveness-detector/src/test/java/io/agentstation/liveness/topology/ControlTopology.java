package io.agentstation.liveness.topology;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.liveness.silence.LivenessRule;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.silence.SilenceRule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.apache.kafka.streams.Topology;

/** The real topology with one of its mechanisms switched off, writing to topics of its own: a negative control. */
public enum ControlTopology {

    /** Log time alone: stalls of the ingest path count as silence. */
    ABSOLUTE_LOG_TIME(true) {
        @Override
        SilenceRule rule(LivenessSettings settings) {
            return (last, stalls) -> last.atMs() + settings.intervalMs(last.mode()) + settings.graceMs(last.mode());
        }
    },

    /** The real rule on stores without a changelog: what a process knew ends with it. */
    FORGETFUL(false) {
        @Override
        SilenceRule rule(LivenessSettings settings) {
            return new LivenessRule(settings);
        }
    };

    private final boolean keepsChangelogs;

    ControlTopology(boolean keepsChangelogs) {
        this.keepsChangelogs = keepsChangelogs;
    }

    abstract SilenceRule rule(LivenessSettings settings);

    /** The topology; it writes to each topic's name behind the prefix. */
    public Topology build(StationKey stationKey, int partitions, String outputPrefix) {
        LivenessSettings settings = LivenessSettings.defaults();
        Variant variant = new Variant(rule(settings), topic -> outputPrefix + topic, keepsChangelogs, true);
        DetectorFigures figures = new DetectorFigures(new SimpleMeterRegistry(), Clock.systemUTC());
        return LivenessTopology.build(settings, stationKey, partitions, figures, variant);
    }
}
