package io.agentstation.embedded.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaProperties;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble.VerificationFlag;

/** Who a broker's directory says that its cluster is. */
public final class ClusterIdentity {

    private ClusterIdentity() {}

    /**
     * Makes the copy of a broker's directory, of which no broker runs, a cluster of its own: with a new cluster id. The id of
     * the log directory stays, since the metadata log says by it where each partition is (KIP-858).
     */
    public static void renew(Path directory) throws IOException {
        String data = BrokerConfiguration.data(directory).toString();
        MetaPropertiesEnsemble found = new MetaPropertiesEnsemble.Loader()
                .addLogDirs(List.of(data))
                .addMetadataLogDir(data)
                .load();
        found.verify(Optional.empty(), OptionalInt.empty(), EnumSet.noneOf(VerificationFlag.class));
        MetaPropertiesEnsemble.Copier copy = new MetaPropertiesEnsemble.Copier(found);
        MetaProperties own = new MetaProperties.Builder(found.logDirProps().get(data))
                .setClusterId(Uuid.randomUuid().toString())
                .build();
        copy.setLogDirProps(data, own);
        copy.writeLogDirChanges();
    }
}
