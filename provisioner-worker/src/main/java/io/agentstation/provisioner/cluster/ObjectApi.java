package io.agentstation.provisioner.cluster;

import io.agentstation.contracts.ids.AgentId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * The calls to the API server that acting on agents is made of: each is one request, or one for each kind. The seam at which
 * a test decides what becomes of every single call.
 *
 * <p>All throw {@link ClusterFailure} when the cluster refuses or does not answer; whether a request that was not answered has
 * been carried out is then unknown.
 */
interface ObjectApi {

    /** Makes the namespace if it is missing and the Station may. */
    void ensureNamespace();

    /** Server-side apply under the Station's field manager, which takes back what others changed of its fields. */
    HasMetadata apply(HasMetadata object);

    /** The object of this kind and name as the API server holds it now. */
    Optional<HasMetadata> read(HasMetadata object);

    /** Everything that carries the agent's labels. */
    List<HasMetadata> list(AgentId agent);

    /** The agent's Certificates, which cert-manager makes; none without cert-manager or without the right to look. */
    List<HasMetadata> certificates(AgentId agent);

    /** Everything of this station, whichever agent's. */
    List<HasMetadata> listAll();

    /** Deletes exactly this object, by its UID; its dependents follow by garbage collection. Gone already is no failure. */
    void delete(HasMetadata object);

    /**
     * Deletes the object if nobody has written it since it was read, by its UID and its version; otherwise leaves it, which is no
     * failure. An apply takes an object of the same name over and leaves it its UID: only the version tells.
     */
    void deleteAsRead(HasMetadata object);

    /** Deletes exactly this pod, without a grace period. */
    void deleteNow(HasMetadata pod);
}
