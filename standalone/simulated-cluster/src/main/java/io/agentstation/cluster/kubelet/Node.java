package io.agentstation.cluster.kubelet;

import io.agentstation.cluster.events.Events;
import io.agentstation.cluster.images.ImagePrograms;
import io.agentstation.cluster.objects.ObjectStore;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/** What all pods of the one simulated node share. */
record Node(
        ObjectStore store,
        ScheduledExecutorService loop,
        Clock clock,
        PodLogs logs,
        ImagePrograms images,
        ContainerEnvironment environments,
        Events.Source events,
        PodPacing pacing) {

    /** The node's name. */
    static final String NAME = "simulated-node";
}
