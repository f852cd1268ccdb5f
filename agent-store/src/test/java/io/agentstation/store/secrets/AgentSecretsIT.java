package io.agentstation.store.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.protocol.internal.util.Bytes;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgentSecretsIT {

    private static final String VALUE = "correct horse battery staple";

    private final AgentSecrets secrets = new AgentSecrets(TestStore.get(), new SecretSeal(SecretSealTest.key(1)));
    private final AgentId agent = TestIds.agent();

    @Test
    void valuesAreReadAsWritten() {
        secrets.write(agent, Map.of("TOKEN", VALUE, "EMPTY", ""));
        secrets.write(agent, Map.of("TOKEN", "newer"));

        assertThat(secrets.read(agent)).isEqualTo(Map.of("TOKEN", "newer", "EMPTY", ""));
    }

    @Test
    void aValueIsInForceWhenTheSpecificationNamesItsVersion() {
        secrets.write(agent, Map.of("TOKEN", VALUE, "OTHER", "o"));
        secrets.write(agent, "v1", Map.of("TOKEN", "newer", "ADDED", "a"));

        assertThat(secrets.read(agent, Set.of("TOKEN", "OTHER"), Map.of()))
                .isEqualTo(Map.of("TOKEN", VALUE, "OTHER", "o"));
        assertThat(secrets.read(
                        agent, Set.of("TOKEN", "ADDED", "OTHER"), Map.of("TOKEN", "v1", "ADDED", "v1", "OTHER", "v2")))
                .isEqualTo(Map.of("TOKEN", "newer", "ADDED", "a"));
    }

    @Test
    void noColumnHoldsAValueInClear() {
        secrets.write(agent, Map.of("TOKEN", VALUE));

        assertThat(bytesOfRow()).contains("TOKEN").doesNotContain(VALUE, "horse");
    }

    @Test
    void aRowMovedToAnotherAgentDoesNotOpen() {
        secrets.write(agent, Map.of("TOKEN", VALUE));
        AgentId thief = TestIds.agent();
        TestStore.session()
                .execute(
                        "INSERT INTO agent_secrets (agent_id, name, sealed) VALUES (?, 'TOKEN', ?)",
                        thief.value(),
                        row().get("sealed", ByteBuffer.class));

        assertThatThrownBy(() -> secrets.read(thief))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining(VALUE);
    }

    @Test
    void erasedValuesAreGoneForThisAgentOnly() {
        AgentId other = TestIds.agent();
        secrets.write(agent, Map.of("TOKEN", VALUE));
        secrets.write(other, Map.of("TOKEN", VALUE));

        secrets.erase(agent);

        assertThat(secrets.read(agent)).isEmpty();
        assertThat(secrets.read(other)).containsOnlyKeys("TOKEN");
    }

    private String bytesOfRow() {
        Row row = row();
        StringBuilder bytes = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            bytes.append(new String(Bytes.getArray(row.getBytesUnsafe(column)), StandardCharsets.ISO_8859_1));
        }
        return bytes.toString();
    }

    private Row row() {
        return TestStore.session()
                .execute("SELECT * FROM agent_secrets WHERE agent_id = ?", agent.value())
                .one();
    }
}
