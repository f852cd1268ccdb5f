package io.agentstation.provisioner.cluster;

import io.agentstation.contracts.ids.AgentId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Other calls, of which it is known since when none was answered: the failures say so. */
final class WatchedObjects implements ObjectApi {

    private final ObjectApi api;
    private final Reachability reachability;

    WatchedObjects(ObjectApi api, Reachability reachability) {
        this.api = api;
        this.reachability = reachability;
    }

    @Override
    public void ensureNamespace() {
        run(api::ensureNamespace);
    }

    @Override
    public HasMetadata apply(HasMetadata object) {
        return call(() -> api.apply(object));
    }

    @Override
    public Optional<HasMetadata> read(HasMetadata object) {
        return call(() -> api.read(object));
    }

    @Override
    public List<HasMetadata> list(AgentId agent) {
        return call(() -> api.list(agent));
    }

    @Override
    public List<HasMetadata> certificates(AgentId agent) {
        return call(() -> api.certificates(agent));
    }

    @Override
    public List<HasMetadata> listAll() {
        return call(api::listAll);
    }

    @Override
    public void delete(HasMetadata object) {
        run(() -> api.delete(object));
    }

    @Override
    public void deleteAsRead(HasMetadata object) {
        run(() -> api.deleteAsRead(object));
    }

    @Override
    public void deleteNow(HasMetadata pod) {
        run(() -> api.deleteNow(pod));
    }

    private void run(Runnable request) {
        boolean unused = call(() -> {
            request.run();
            return true;
        });
    }

    private <T> T call(Supplier<T> request) {
        try {
            T answer = request.get();
            reachability.answered();
            return answer;
        } catch (ClusterFailure.Unreachable e) {
            throw e.since(reachability.silent());
        } catch (ClusterFailure e) {
            reachability.answered();
            throw e;
        }
    }
}
