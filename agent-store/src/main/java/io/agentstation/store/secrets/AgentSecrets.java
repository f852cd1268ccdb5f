package io.agentstation.store.secrets;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.session.Store;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Table {@code agent_secrets}: the environment variables of an agent, each value sealed. A value that replaces another is a
 * further row, under the name {@code NAME/VERSION}: a version is only written, never changed, so that a value is in force
 * when the specification names its version and not before.
 */
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

    /** Seals and stores the values of a new agent; waits. */
    public void write(AgentId agent, Map<String, String> values) {
        values.forEach((name, value) -> writeRow(agent, name, value));
    }

    /** Seals and stores values that replace others once the specification names this version; waits. */
    public void write(AgentId agent, String version, Map<String, String> values) {
        values.forEach((name, value) -> writeRow(agent, versioned(name, version), value));
    }

    /**
     * The values of these variables in clear, for the Secret on the cluster and for nothing else; waits.
     *
     * @param versions of those whose value was replaced
     */
    public SortedMap<String, String> read(AgentId agent, Set<String> names, Map<String, String> versions) {
        SortedMap<String, String> rows = read(agent);
        SortedMap<String, String> values = new TreeMap<>();
        for (String name : names) {
            String version = versions.get(name);
            String value = rows.get(version == null ? name : versioned(name, version));
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }

    private void writeRow(AgentId agent, String name, String value) {
        store.execute(write.bind()
                .setUuid("agent_id", agent.value())
                .setString("name", name)
                .setByteBuffer("sealed", ByteBuffer.wrap(seal.seal(agent, name, value)))
                .setIdempotent(true));
    }

    // No variable's name has a slash.
    private static String versioned(String name, String version) {
        return name + "/" + version;
    }

    /** Every value in clear, by the name of its row; waits. */
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
