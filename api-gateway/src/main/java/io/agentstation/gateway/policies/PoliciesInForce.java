package io.agentstation.gateway.policies;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.policies.WorkspacePolicies;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.idempotency.Ticket;
import io.agentstation.gateway.kafka.CompactedTail;
import io.agentstation.gateway.kafka.TopicProducer;
import io.agentstation.store.session.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The policies of workspaces. The topic alone holds them: they are in force when they are read back from it. */
final class PoliciesInForce implements AutoCloseable {

    private final TopicProducer producer;
    private final CompactedTail<WorkspacePolicies> known;
    private final Duration readBackWithin;

    PoliciesInForce(TopicProducer producer, CompactedTail<WorkspacePolicies> known, Duration readBackWithin) {
        this.producer = producer;
        this.known = known;
        this.readBackWithin = readBackWithin;
    }

    /**
     * A workspace's policy.
     *
     * @throws RequestRefused 503 before the topic has been read for the first time: "none" might be a lie
     */
    UnhealthyPolicy of(WorkspaceId workspace) {
        if (!known.isCaughtUp()) {
            throw RequestRefused.unavailable("The station's policies have not been read yet, try again", null);
        }
        return known.newest(workspace.value())
                .map(WorkspacePolicies::onUnhealthy)
                .orElse(UnhealthyPolicy.NONE);
    }

    /**
     * Sets a workspace's policy, once for each ticket; what is in force afterwards, which is another's when somebody was
     * quicker.
     *
     * @return fails with {@link io.agentstation.gateway.kafka.PublishFailed} when the policy is not, or not certainly, in the
     *     log, and with 503 when it is there and was not read back in time
     */
    CompletableFuture<UnhealthyPolicy> set(WorkspaceId workspace, UnhealthyPolicy policy, Ticket ticket) {
        if (ticket.isDone()) {
            return CompletableFuture.completedFuture(of(workspace));
        }
        Deadline deadline = Deadline.current();
        byte[] value = Wire.write(new WorkspacePolicies(workspace, policy));
        return producer.send(workspace.value(), value)
                // Off the producer's thread, on which nothing may wait for the store.
                .thenCompose(place -> deadline.carry(CompletableFuture.runAsync(deadline.carry(ticket::done)))
                        .thenCompose(noted -> known.hasRead(place, deadline.atMost(readBackWithin))))
                .thenApply(read -> {
                    if (!read) {
                        throw RequestRefused.unavailable(
                                "The policy of workspace " + workspace
                                        + " is stored, but was not read back in time, try again",
                                null);
                    }
                    return of(workspace);
                });
    }

    @Override
    public void close() {
        producer.close();
    }
}
