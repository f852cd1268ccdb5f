package io.agentstation.liveness.topology;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.liveness.silence.LivenessRule;
import io.agentstation.liveness.silence.LivenessSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.apache.kafka.streams.Topology;

/** The real topology with one of its mechanisms switched off, writing to topics of its own: a negative control. */
public enum ControlTopology {

    /** The real rule on stores without a changelog: what a process knew ends with it. */
    FORGETFUL;

    /** The topology; it writes to each topic's name behind the prefix. */
    public Topology build(StationKey stationKey, int partitions, String outputPrefix) {
        LivenessSettings settings = LivenessSettings.defaults();
        Variant variant = new Variant(new LivenessRule(settings), topic -> outputPrefix + topic, false, true);
        DetectorFigures figures = new DetectorFigures(new SimpleMeterRegistry(), Clock.systemUTC());
        return LivenessTopology.build(settings, stationKey, partitions, figures, variant);
    }
}
