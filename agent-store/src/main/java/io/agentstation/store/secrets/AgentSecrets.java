package io.agentstation.store.secrets;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.session.Store;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Table {@code agent_secrets}: the environment variables of an agent, each value sealed. */
public final class AgentSecrets {

    private final Store store;
    private final SecretSeal seal;
    private final PreparedStatement write;
    private final PreparedStatement read;
    private final PreparedStatement erase;

    public AgentSecrets(Store store, SecretSeal seal) {
        this.store = store;
        this.seal = seal;
        this.write =
                store.prepare("INSERT INTO agent_secrets (agent_id, name, sealed) VALUES (:agent_id, :name, :sealed)");
        this.read = store.prepare("SELECT name, sealed FROM agent_secrets WHERE agent_id = :agent_id");
        this.erase = store.prepare("DELETE FROM agent_secrets WHERE agent_id = :agent_id");
    }

    /** Seals and stores the values; waits. */
    public void write(AgentId agent, Map<String, String> values) {
        values.forEach((name, value) -> store.execute(write.bind()
                .setUuid("agent_id", agent.value())
                .setString("name", name)
                .setByteBuffer("sealed", ByteBuffer.wrap(seal.seal(agent, name, value)))
                .setIdempotent(true)));
    }

    /** The values in clear, for the Secret on the cluster and for nothing else; waits. */
    public SortedMap<String, String> read(AgentId agent) {
        SortedMap<String, String> values = new TreeMap<>();
        for (Row row :
                store.execute(read.bind().setUuid("agent_id", agent.value()).setIdempotent(true))) {
            String name = row.get("name", String.class);
            ByteBuffer sealed = row.get("sealed", ByteBuffer.class);
            byte[] bytes = new byte[sealed.remaining()];
            sealed.get(bytes);
            values.put(name, seal.open(agent, name, bytes));
        }
        return values;
    }

    /** Forgets the values of an agent of which nothing is left; waits. */
    public void erase(AgentId agent) {
        store.execute(erase.bind().setUuid("agent_id", agent.value()).setIdempotent(true));
    }
}
