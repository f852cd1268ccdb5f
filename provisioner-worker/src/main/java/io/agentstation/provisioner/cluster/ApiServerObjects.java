package io.agentstation.provisioner.cluster;

import io.agentstation.contracts.ids.AgentId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls over HTTP, in one namespace. */
final class ApiServerObjects implements ObjectApi {

    private final KubernetesClient client;
    private final AgentNamespace namespace;
    private final Inventory inventory;
    private final Deletion deletion;

    ApiServerObjects(KubernetesClient client, AgentNamespace namespace, String stationId) {
        this.client = client;
        this.namespace = namespace;
        this.inventory = new Inventory(client, namespace.name(), stationId);
        this.deletion = new Deletion(client);
    }

    @Override
    public void ensureNamespace() {
        namespace.ensure();
    }

    @Override
    public HasMetadata apply(HasMetadata object) {
        try {
            return client.resource(object)
                    .fieldManager(KubernetesCluster.FIELD_MANAGER)
                    .forceConflicts()
                    .serverSideApply();
        } catch (KubernetesClientException e) {
            if (ApiErrors.isNotFound(e)) {
                namespace.forget();
            }
            throw ApiErrors.translate("apply " + Words.of(object), e);
        }
    }

    @Override
    public Optional<HasMetadata> read(HasMetadata object) {
        return Optional.ofNullable(ApiErrors.<@Nullable HasMetadata>call(
                "read " + Words.of(object), () -> client.resource(object).get()));
    }

    @Override
    public List<HasMetadata> list(AgentId agent) {
        return inventory.of(agent);
    }

    @Override
    public List<HasMetadata> certificates(AgentId agent) {
        return List.copyOf(inventory.certificatesOf(agent));
    }

    @Override
    public List<HasMetadata> listAll() {
        return inventory.all();
    }

    @Override
    public void delete(HasMetadata object) {
        deletion.background(object);
    }

    @Override
    public void deleteAsRead(HasMetadata object) {
        deletion.asRead(object);
    }

    @Override
    public void deleteNow(HasMetadata pod) {
        deletion.now(pod);
    }
}
