package io.agentstation.store.session;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Where the partition of a statement lies, as the driver's token map of the cluster tells. */
public final class ReplicaSets {

    private final CqlSession session;

    public ReplicaSets(Store store) {
        this.session = store.session();
    }

    /** The host ids of the nodes that hold the statement's partition; empty while the driver does not know them. */
    public Optional<Set<UUID>> of(Statement<?> statement) {
        Optional<CqlIdentifier> keyspace = session.getKeyspace();
        ByteBuffer key = statement.getRoutingKey();
        if (keyspace.isEmpty() || key == null) {
            return Optional.empty();
        }
        return session.getMetadata()
                .getTokenMap()
                .map(tokens -> tokens.getReplicas(keyspace.get(), key))
                .filter(nodes -> !nodes.isEmpty())
                .map(nodes -> nodes.stream().map(Node::getHostId).collect(Collectors.toUnmodifiableSet()));
    }
}
