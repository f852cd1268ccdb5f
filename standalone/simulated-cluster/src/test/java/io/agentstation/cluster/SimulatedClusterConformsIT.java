package io.agentstation.cluster;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The conformance suite against the simulation. */
class SimulatedClusterConformsIT {

    @Nested
    class Apply extends ApplyConformance {

        @Override
        ConformanceTarget open(Path directory) {
            return ConformanceTarget.simulated(directory);
        }
    }

    @Nested
    class Workloads extends WorkloadsConformance {

        @Override
        ConformanceTarget open(Path directory) {
            return ConformanceTarget.simulated(directory);
        }
    }
}
