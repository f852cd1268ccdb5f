package io.agentstation.provisioner.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** Everything that carries this station's label. Both calls wait for the API server. */
public interface StationObjects {

    /**
     * All of it, as the API server holds it now.
     *
     * @throws ClusterFailure when the cluster refuses or does not answer
     */
    List<HasMetadata> listAll();

    /**
     * Deletes exactly this object if nobody has written it since it was listed; gone already, or written, is no failure.
     *
     * @throws ClusterFailure when the cluster refuses or does not answer
     */
    void delete(HasMetadata object);
}
