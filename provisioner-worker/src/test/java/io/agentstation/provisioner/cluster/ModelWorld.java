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

    /** What a compare-and-set of a row compares; but for the whole, these are the controls. */
    enum Guard {
        OFFSET_GENERATION_AND_PHASE,
        OFFSET_AND_GENERATION,
        NOTHING
    }

    final Map<String, DesiredAgent> rows = new TreeMap<>();
    final List<DesiredAgent> history = new ArrayList<>();
    final Set<String> everConfirmed = new TreeSet<>();
    final Map<String, AgentId> names = new TreeMap<>();
    final List<Thing> things = new ArrayList<>();
    final Set<String> violations = new TreeSet<>();
    private final Guard guard;
    private int uids;

    ModelWorld() {
        this(Guard.OFFSET_GENERATION_AND_PHASE);
    }

    ModelWorld(Guard guard) {
        this.guard = guard;
    }

    ModelWorld copy() {
        ModelWorld copy = new ModelWorld(guard);
        copy.rows.putAll(rows);
        copy.history.addAll(history);
        copy.everConfirmed.addAll(everConfirmed);
        copy.names.putAll(names);
        copy.things.addAll(things);
        copy.violations.addAll(violations);
        copy.uids = uids;
        return copy;
    }

    /** What tells two worlds apart. */
    String digest() {
        StringBuilder digest = new StringBuilder();
        rows.values().forEach(row -> digest.append(key(row)));
        digest.append('|');
        history.forEach(row -> digest.append(key(row)));
        return digest.append(names)
                .append(everConfirmed)
                .append(things)
                .append(violations)
                .toString();
    }

    private static String key(DesiredAgent row) {
        return row.agentId().toString() + row.phase() + row.generation() + "@" + row.appliedOffset();
    }

    Optional<DesiredAgent> row(AgentId agent) {
        return Optional.ofNullable(rows.get(agent.toString()));
    }

    /** All that the agent's row has been, and that it was not there; but not what it is. */
    List<Optional<DesiredAgent>> earlierRows(AgentId agent) {
        List<Optional<DesiredAgent>> earlier = new ArrayList<>();
        earlier.add(Optional.empty());
        history.stream()
                .filter(row -> row.agentId().equals(agent))
                .map(Optional::of)
                .forEach(earlier::add);
        earlier.remove(row(agent));
        return earlier;
    }

    boolean write(Optional<DesiredAgent> read, DesiredAgent next) {
        Optional<DesiredAgent> now = row(next.agentId());
        boolean asRead = now.map(this::compared).equals(read.map(this::compared));
        if (asRead) {
            if (now.filter(row -> row.phase() == Phase.REMOVED).isPresent()) {
                violations.add("a removed agent has come back");
            }
            if (!now.equals(read)) {
                violations.add("a row was written upon an earlier one");
            }
            rows.put(next.agentId().toString(), next);
            if (!history.contains(next)) {
                history.add(next);
            }
        }
        return asRead;
    }

    private String compared(DesiredAgent row) {
        return switch (guard) {
            case OFFSET_GENERATION_AND_PHASE -> row.appliedOffset() + " " + row.generation() + " " + row.phase();
            case OFFSET_AND_GENERATION -> row.appliedOffset() + " " + row.generation();
            case NOTHING -> "a row";
        };
    }

    boolean confirm(String name, AgentId agent) {
        names.putIfAbsent(name, agent);
        boolean confirmed = agent.equals(names.get(name));
        if (confirmed) {
            everConfirmed.add(name + " of " + agent);
        }
        return confirmed;
    }

    /** Whether an ordinary read may show the name as the agent's, though it is not any more. */
    boolean wasConfirmed(String name, AgentId agent) {
        return everConfirmed.contains(name + " of " + agent) && !agent.equals(names.get(name));
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
