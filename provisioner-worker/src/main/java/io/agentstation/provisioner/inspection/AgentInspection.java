package io.agentstation.provisioner.inspection;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.inspection.AgentOnCluster;
import io.agentstation.contracts.inspection.LogLine;
import io.agentstation.provisioner.cluster.AgentEvents;
import io.agentstation.provisioner.cluster.ClusterFailure;
import io.agentstation.provisioner.cluster.ClusterView;
import io.agentstation.provisioner.cluster.ContainerLogs;
import io.agentstation.provisioner.cluster.ContainerStart;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What can be told of an agent on the cluster. Every provisioner can tell it of every agent: it needs the cluster and nothing
 * else.
 */
public final class AgentInspection implements AutoCloseable {

    private final ClusterView view;
    private final AgentEvents events;
    private final LogHistory history;
    private final Following following;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final ExecutorService threads =
            Executors.newCachedThreadPool(task -> new Thread(task, "provisioner-follow"));

    /** With what the cluster was last seen to hold. */
    public AgentInspection(ClusterView view, AgentEvents events, ContainerLogs logs, Duration longestFollow) {
        this.view = view;
        this.events = events;
        this.history = new LogHistory(logs);
        this.following = new Following(view, logs, threads, stop, longestFollow);
    }

    /**
     * Its pods as last seen, and the events.
     *
     * @throws ClusterFailure when the cluster refuses or does not answer
     */
    AgentOnCluster of(AgentId agent) {
        List<Pod> pods = pods(agent);
        // The name is the Deployment's; without one there is nothing that could have it.
        Optional<String> name =
                view.deployment(agent).map(Deployment::getMetadata).map(meta -> meta.getName());
        return new AgentOnCluster(
                pods.stream().map(PodReports::of).toList(),
                name.map(found -> events.of(found, pods)).orElse(List.of()));
    }

    /**
     * Its log.
     *
     * @throws ClusterFailure when the cluster refuses or does not answer
     */
    LogAnswer logs(AgentId agent, LogQuestion question) {
        List<ContainerStart> starts = ContainerStart.newest(pods(agent));
        List<LogLine> lines = history.of(starts, question);
        return question.follow()
                ? new FollowedLog(following, agent, lines, starts)
                : sink -> {
                    lines.forEach(sink::write);
                    sink.end();
                };
    }

    private List<Pod> pods(AgentId agent) {
        if (!view.isComplete()) {
            throw new ClusterFailure.Transient("The cluster has not been looked at yet since the Station started");
        }
        return view.pods(agent).stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    /** Ends what is followed. */
    @Override
    public void close() {
        stop.countDown();
        threads.shutdownNow();
    }
}
