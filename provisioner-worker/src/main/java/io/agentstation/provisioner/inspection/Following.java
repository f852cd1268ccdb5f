package io.agentstation.provisioner.inspection;

import io.agentstation.provisioner.cluster.ClusterView;
import io.agentstation.provisioner.cluster.ContainerLogs;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;

/**
 * What every followed log needs.
 *
 * @param threads one for each container that is followed
 * @param stop    counted down when the provisioner ends
 * @param longest after which one ends, and whoever follows asks again
 */
record Following(
        ClusterView view, ContainerLogs logs, ExecutorService threads, CountDownLatch stop, Duration longest) {}
