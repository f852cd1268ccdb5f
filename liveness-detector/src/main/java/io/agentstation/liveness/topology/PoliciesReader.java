package io.agentstation.liveness.topology;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.policies.WorkspacePolicies;
import io.agentstation.contracts.wire.MalformedMessage;
import io.agentstation.contracts.wire.Wire;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts every workspace's policies on the board, whichever partition they came through: each instance of the detector reads
 * the whole topic. A record that nobody can read is passed over, and the policy before it stays in force.
 */
final class PoliciesReader implements Processor<String, byte[], Void, Void> {

    private static final Logger log = LoggerFactory.getLogger(PoliciesReader.class);

    private final PolicyBoard board;
    private @Nullable KeyValueStore<String, byte[]> store;

    PoliciesReader(PolicyBoard board) {
        this.board = board;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        KeyValueStore<String, byte[]> restored = context.getStateStore(LivenessTopology.POLICIES_STORE);
        store = restored;
        // A restart may have filled the store without showing the records here.
        try (KeyValueIterator<String, byte[]> records = restored.all()) {
            while (records.hasNext()) {
                KeyValue<String, byte[]> record = records.next();
                post(record.key, record.value);
            }
        }
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (post(record.key(), record.value())) {
            Objects.requireNonNull(store).put(record.key(), record.value());
        }
    }

    private boolean post(@Nullable String workspace, byte @Nullable [] value) {
        try {
            if (workspace == null) {
                throw new MalformedMessage("the record has no key", null);
            }
            if (value == null) {
                board.remove(WorkspaceId.of(workspace));
            } else {
                board.set(sameWorkspace(workspace, Wire.read(value, WorkspacePolicies.class)));
            }
            return true;
        } catch (MalformedMessage | IllegalArgumentException e) {
            log.atWarn().addKeyValue("workspace", workspace).setCause(e).log("policies of a workspace cannot be read");
            return false;
        }
    }

    private static WorkspacePolicies sameWorkspace(String key, WorkspacePolicies policies) {
        if (!policies.workspace().toString().equals(key)) {
            throw new MalformedMessage(
                    "the policies are of another workspace than their key: " + policies.workspace(), null);
        }
        return policies;
    }
}
