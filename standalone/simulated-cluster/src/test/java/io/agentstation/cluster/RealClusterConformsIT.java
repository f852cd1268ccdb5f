package io.agentstation.cluster;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The conformance suite against the cluster that the environment names, so that the simulation is held to a real one. */
@EnabledIfEnvironmentVariable(
        named = ConformanceTarget.KUBECONFIG,
        matches = ".+",
        disabledReason = "no real cluster is named")
class RealClusterConformsIT {

    @Nested
    class Apply extends ApplyConformance {

        @Override
        ConformanceTarget open(Path directory) {
            return ConformanceTarget.real();
        }
    }

    @Nested
    class Workloads extends WorkloadsConformance {

        @Override
        ConformanceTarget open(Path directory) {
            return ConformanceTarget.real();
        }
    }
}
