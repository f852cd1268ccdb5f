package io.agentstation.provisioner.cluster;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.agents.AgentRecords;
import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one worker to store and cluster, played back: calls that were made before answer as they did, the first new
 * one ends the run and waits to be carried out. So a worker is nothing but the list of its answers, and the code between two
 * calls is the real one.
 */
final class ModelCalls implements AgentRecords, ObjectApi {

    /** The kinds that the model keeps. */
    private static final Set<String> KEPT = Set.of("ConfigMap", "Deployment");

    /**
     * A call that has not been made yet.
     *
     * @param stale what a read that is not linearizable may answer besides, which has no effect
     */
    record Call(
            String name,
            boolean toCluster,
            Function<ModelWorld, @Nullable Object> effect,
            Function<ModelWorld, List<?>> stale) {

        Call(String name, boolean toCluster, Function<ModelWorld, @Nullable Object> effect) {
            this(name, toCluster, effect, world -> List.of());
        }
    }

    /** Ends the run at a call; an Error, for nobody between here and the explorer may catch it. */
    @SuppressWarnings("serial") // never written anywhere
    static final class Pending extends Error {

        final Call call;

        Pending(Call call) {
            super(call.name(), null, false, false);
            this.call = call;
        }
    }

    /** An answer that is a failure. */
    record Refusal(String words) {}

    private final List<Object> answers;
    private final boolean verifies;
    private final Map<AgentId, Optional<DesiredAgent>> seen = new HashMap<>();
    private int next;

    /** @param verifies whether the rows are read again after an act; the control answers from memory */
    ModelCalls(List<Object> answers, boolean verifies) {
        this.answers = answers;
        this.verifies = verifies;
    }

    /** A call of the script's own. */
    @Nullable
    Object call(String name, Function<ModelWorld, @Nullable Object> effect) {
        return answer(new Call(name, false, effect));
    }

    private @Nullable Object answer(Call call) {
        if (next == answers.size()) {
            throw new Pending(call);
        }
        Object answer = answers.get(next++);
        if (answer instanceof Refusal refusal) {
            throw new ClusterFailure.Transient(refusal.words());
        }
        return answer;
    }

    @SuppressWarnings("unchecked")
    private <T> T store(String name, Function<ModelWorld, T> effect) {
        return (T) Objects.requireNonNull(answer(new Call(name, false, effect::apply)));
    }

    @SuppressWarnings("unchecked")
    private <T> T store(String name, Function<ModelWorld, T> effect, Function<ModelWorld, List<?>> stale) {
        return (T) Objects.requireNonNull(answer(new Call(name, false, effect::apply, stale)));
    }

    @SuppressWarnings("unchecked")
    private <T> T cluster(String name, Function<ModelWorld, T> effect) {
        return (T) Objects.requireNonNull(answer(new Call(name, true, effect::apply)));
    }

    /** The next command reads its agent's row, also in the control. */
    void forget() {
        seen.clear();
    }

    @Override
    public Optional<DesiredAgent> find(int partition, AgentId agent) {
        return fromMemory(agent).orElseGet(() -> remembered(agent, store("find", world -> world.row(agent))));
    }

    @Override
    public Optional<DesiredAgent> glance(int partition, AgentId agent) {
        return fromMemory(agent)
                .orElseGet(() -> remembered(
                        agent, store("glance", world -> world.row(agent), world -> world.earlierRows(agent))));
    }

    private Optional<Optional<DesiredAgent>> fromMemory(AgentId agent) {
        return Optional.ofNullable(verifies ? null : seen.get(agent)).filter(Optional::isPresent);
    }

    private Optional<DesiredAgent> remembered(AgentId agent, Optional<DesiredAgent> row) {
        seen.put(agent, row);
        return row;
    }

    @Override
    public boolean write(Optional<DesiredAgent> read, DesiredAgent row) {
        boolean written = store("write", world -> world.write(read, row));
        if (written) {
            seen.put(row.agentId(), Optional.of(row));
        } else {
            seen.remove(row.agentId());
        }
        return written;
    }

    @Override
    public Iterable<DesiredAgent> inPartition(int partition) {
        return store("scan", world -> List.copyOf(world.rows.values()));
    }

    @Override
    public boolean confirmName(DesiredAgent agent) {
        String name = agent.spec().name();
        return store(
                "confirm",
                world -> world.confirm(name, agent.agentId()),
                world -> world.wasConfirmed(name, agent.agentId()) ? List.of(true) : List.of());
    }

    @Override
    public boolean ownsName(DesiredAgent agent) {
        return store(
                "owns",
                world -> agent.agentId().equals(world.names.get(agent.spec().name())));
    }

    @Override
    public Map<String, String> environment(DesiredAgent agent) {
        return Map.of();
    }

    @Override
    public void release(DesiredAgent agent) {
        store("release", world -> world.names.remove(agent.spec().name(), agent.agentId()));
    }

    @Override
    public void ensureNamespace() {
        // It is there.
    }

    @Override
    public HasMetadata apply(HasMetadata object) {
        return KEPT.contains(object.getKind())
                ? cluster("apply " + object.getKind(), world -> world.apply(object))
                : object;
    }

    @Override
    public Optional<HasMetadata> read(HasMetadata object) {
        return KEPT.contains(object.getKind())
                ? cluster(
                        "read " + object.getKind(),
                        world -> world.read(
                                object.getKind(), object.getMetadata().getName()))
                : Optional.empty();
    }

    @Override
    public List<HasMetadata> list(AgentId agent) {
        return cluster("list", world -> world.labelled(agent));
    }

    @Override
    public List<HasMetadata> certificates(AgentId agent) {
        return List.of();
    }

    @Override
    public List<HasMetadata> listAll() {
        return cluster("list all", world -> world.labelled(null));
    }

    @Override
    public void delete(HasMetadata object) {
        cluster("delete " + object.getKind(), world -> {
            world.delete(object);
            return true;
        });
    }

    @Override
    public void deleteAsRead(HasMetadata object) {
        cluster("delete " + object.getKind() + " as read", world -> {
            world.deleteAsRead(object);
            return true;
        });
    }

    @Override
    public void deleteNow(HasMetadata pod) {
        delete(pod);
    }
}
