package io.agentstation.provisioner.cluster;

import io.agentstation.contracts.inspection.AgentOnCluster.EventReport;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the cluster has said of an agent's objects; it keeps events for an hour, as a rule. */
public final class AgentEvents {

    // One request for each name.
    private static final int MOST_NAMES = 40;
    private static final int MOST_EVENTS = 200;

    private final KubernetesClient client;
    private final String namespace;

    /** Of the objects in this namespace. */
    public AgentEvents(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * The newest events first: of what has the agent's own name, of its pods and of their ReplicaSets.
     *
     * @throws ClusterFailure when the cluster refuses or does not answer
     */
    public List<EventReport> of(String name, List<Pod> pods) {
        Set<String> names = new LinkedHashSet<>(Set.of(name));
        pods.stream()
                .flatMap(pod ->
                        Stream.concat(owners(pod), Stream.of(pod.getMetadata().getName())))
                .forEach(names::add);
        return names.stream()
                .limit(MOST_NAMES)
                .flatMap(each -> list(each).stream())
                .map(AgentEvents::report)
                .sorted(Comparator.comparing(AgentEvents::lastAt).reversed())
                .limit(MOST_EVENTS)
                .toList();
    }

    private List<Event> list(String name) {
        return ApiErrors.call(
                "list the events of " + name,
                () -> client.v1()
                        .events()
                        .inNamespace(namespace)
                        .withField("involvedObject.name", name)
                        .list()
                        .getItems());
    }

    private static Stream<String> owners(HasMetadata pod) {
        return pod.getMetadata().getOwnerReferences().stream().map(owner -> owner.getName());
    }

    private static EventReport report(Event event) {
        Instant last = time(event.getLastTimestamp());
        Instant created = time(event.getMetadata().getCreationTimestamp());
        MicroTime micro = event.getEventTime();
        Instant once = micro == null ? created : time(micro.getTime());
        return new EventReport(
                Objects.requireNonNullElse(event.getType(), "Normal"),
                Objects.requireNonNullElse(event.getReason(), ""),
                Objects.requireNonNullElse(event.getMessage(), ""),
                event.getInvolvedObject().getKind() + "/"
                        + event.getInvolvedObject().getName(),
                event.getCount() == null ? 1 : event.getCount(),
                event.getFirstTimestamp() == null ? once : time(event.getFirstTimestamp()),
                last == null ? once : last);
    }

    private static Instant lastAt(EventReport event) {
        return event.lastAt() == null ? Instant.EPOCH : event.lastAt();
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
