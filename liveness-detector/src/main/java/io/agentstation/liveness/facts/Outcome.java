package io.agentstation.liveness.facts;

import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.lifecycle.EventType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a command that is an event of its own.
 *
 * @param retrying for PROVISIONING_FAILED: whether the provisioner goes on trying
 * @param replicas for SCALED: how many there are to be
 */
record Outcome(
        CommandId commandId,
        Operation operation,
        EventType event,
        @Nullable String reason,
        @Nullable Boolean retrying,
        @Nullable Integer replicas) {

    /** Whether it may come again with another reason; every other outcome is the command's last. */
    boolean isFailure() {
        return event == EventType.PROVISIONING_FAILED;
    }

    /**
     * What a reader wants to know of it.
     *
     * @param why the reason that the command gave, told unless the answer has one of its own
     */
    Map<String, Object> metadata(@Nullable String why) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("operation", operation.name());
        String told = reason == null ? why : reason;
        if (told != null) {
            metadata.put("reason", told);
        }
        if (retrying != null) {
            metadata.put("retrying", retrying);
        }
        if (replicas != null) {
            metadata.put("replicas", replicas);
        }
        return metadata;
    }
}
