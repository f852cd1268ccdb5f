package io.agentstation.provisioner.cluster;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.objects.Labels;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Store and cluster as they are shared by all workers: rows, names, anchors and Deployments. The other kinds of objects
 * behave as Deployments do and are left out.
 */
final class ModelWorld {

    /** One object; {@code owner} is a uid or empty. */
    record Thing(String kind, String name, String uid, AgentId agent, String owner) {}

    final Map<String, DesiredAgent> rows = new TreeMap<>();
    final Map<String, AgentId> names = new TreeMap<>();
    final List<Thing> things = new ArrayList<>();
    final Set<String> violations = new TreeSet<>();
    private int uids;

    ModelWorld copy() {
        ModelWorld copy = new ModelWorld();
        copy.rows.putAll(rows);
        copy.names.putAll(names);
        copy.things.addAll(things);
        copy.violations.addAll(violations);
        copy.uids = uids;
        return copy;
    }

    /** What tells two worlds apart. */
    String digest() {
        StringBuilder digest = new StringBuilder();
        rows.values()
                .forEach(row -> digest.append(row.agentId())
                        .append(row.phase())
                        .append(row.generation())
                        .append(row.appliedOffset()));
        return digest.append(names).append(things).append(violations).toString();
    }

    Optional<DesiredAgent> row(AgentId agent) {
        return Optional.ofNullable(rows.get(agent.toString()));
    }

    boolean write(Optional<DesiredAgent> read, DesiredAgent next) {
        boolean asRead = row(next.agentId()).equals(read);
        if (asRead) {
            rows.put(next.agentId().toString(), next);
        }
        return asRead;
    }

    boolean confirm(String name, AgentId agent) {
        names.putIfAbsent(name, agent);
        return agent.equals(names.get(name));
    }

    List<HasMetadata> labelled(@Nullable AgentId agent) {
        return things.stream()
                .filter(thing -> agent == null || thing.agent().equals(agent))
                .map(ModelWorld::object)
                .toList();
    }

    Optional<HasMetadata> read(String kind, String name) {
        return thing(kind, name).map(ModelWorld::object);
    }

    HasMetadata apply(HasMetadata wanted) {
        ObjectMeta meta = wanted.getMetadata();
        String uid = thing(wanted.getKind(), meta.getName()).map(Thing::uid).orElseGet(() -> "u" + uids++);
        String owner = meta.getOwnerReferences().stream()
                .findFirst()
                .map(OwnerReference::getUid)
                .orElse("");
        Thing made = new Thing(
                wanted.getKind(), meta.getName(), uid, Labels.agentOf(wanted).orElseThrow(), owner);
        things.removeIf(thing -> thing.uid().equals(uid));
        things.add(made);
        return object(made);
    }

    void delete(HasMetadata object) {
        things.removeIf(thing -> {
            boolean hit = thing.uid().equals(object.getMetadata().getUid());
            if (hit && isAlive(thing.agent())) {
                violations.add(thing.kind() + " of a living agent was deleted");
            }
            return hit;
        });
    }

    void deleteAsRead(HasMetadata object) {
        boolean asRead = things.stream()
                .anyMatch(thing -> version(thing).equals(object.getMetadata().getResourceVersion()));
        if (asRead) {
            delete(object);
        }
    }

    /** Whatever an apply changes changes it. */
    private static String version(Thing thing) {
        return thing.uid() + " of " + thing.agent() + " under " + thing.owner();
    }

    private boolean isAlive(AgentId agent) {
        return row(agent)
                .filter(row -> row.phase() == Phase.RUN || row.phase() == Phase.DRAIN)
                .filter(row -> agent.equals(names.get(row.spec().name())))
                .isPresent();
    }

    /** Takes everything whose owner is gone; false when there is nothing to take. */
    boolean collectGarbage() {
        Set<String> uidsThatAre = new TreeSet<>();
        things.forEach(thing -> uidsThatAre.add(thing.uid()));
        return things.removeIf(thing -> !thing.owner().isEmpty() && !uidsThatAre.contains(thing.owner()));
    }

    private Optional<Thing> thing(String kind, String name) {
        return things.stream()
                .filter(thing -> thing.kind().equals(kind) && thing.name().equals(name))
                .findFirst();
    }

    private static HasMetadata object(Thing thing) {
        ObjectMeta meta = new ObjectMetaBuilder()
                .withName(thing.name())
                .withNamespace("agents")
                .withUid(thing.uid())
                .withResourceVersion(version(thing))
                .withLabels(Map.of(Labels.AGENT, thing.agent().toString(), Labels.PARTITION, "1"))
                .build();
        return thing.kind().equals("ConfigMap")
                ? new ConfigMapBuilder().withMetadata(meta).build()
                : new DeploymentBuilder().withMetadata(meta).build();
    }
}
