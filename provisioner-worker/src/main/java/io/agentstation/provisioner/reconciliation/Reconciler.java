package io.agentstation.provisioner.reconciliation;

import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.observations.Observation.Cause;
import io.agentstation.provisioner.agents.AgentRecords;
import io.agentstation.provisioner.agents.EnvironmentUnreadable;
import io.agentstation.provisioner.cluster.Cluster;
import io.agentstation.provisioner.cluster.ClusterFailure;
import io.agentstation.provisioner.objects.AgentObjects;
import io.agentstation.provisioner.objects.ManifestSettings;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import io.agentstation.store.session.StoreUnavailable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one agent's desired state true: acts, then reads the desired state again and acts again when it has moved on.
 *
 * <p>Check-then-act leaks objects when another worker acts in between; in a model of all interleavings of two creates and
 * two deletes, act-then-verify leaked none. A removal that goes on made nothing that could leak, and its next step acts on the
 * desired state as it is then: it is verified when it has come to its end.
 */
public final class Reconciler {

    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

    private static final int ROUNDS = 5;
    private static final String DEFECT = "The Station met a defect of its own, its log says more, and tries again: ";

    private final AgentRecords records;
    private final Cluster cluster;
    private final ManifestSettings manifests;
    private final StationKey key;

    /** With the station's key, from which the agents' tokens are derived. */
    public Reconciler(AgentRecords records, Cluster cluster, ManifestSettings manifests, StationKey key) {
        this.records = records;
        this.cluster = cluster;
        this.manifests = manifests;
        this.key = key;
    }

    /**
     * Acts on this desired state or on a newer one; a defect is a failure that is tried again like others. The caller holds the agent's lock; waits for store and cluster.
     *
     * @param begun whether this worker has acted on the agent and has not come to an end: then a row that says REMOVED is no
     *              reason to stop, for what this worker made has to go again
     */
    Result reconcile(DesiredAgent agent, boolean begun) {
        DesiredAgent desired = agent;
        for (int round = 0; round < ROUNDS; round++) {
            Result result = round == 0 && !begun && desired.phase() == Phase.REMOVED ? done(desired) : act(desired);
            Optional<DesiredAgent> newer = result instanceof Result.Removing ? Optional.empty() : movedOn(desired);
            if (newer.isEmpty()) {
                return result;
            }
            desired = newer.get();
        }
        return new Result.Failed(desired, "The desired state keeps changing; the Station tries again", true);
    }

    private Optional<DesiredAgent> movedOn(DesiredAgent acted) {
        return records.find(acted.partition(), acted.agentId())
                .filter(now -> now.generation() != acted.generation() || now.phase() != acted.phase());
    }

    private Result act(DesiredAgent agent) {
        try {
            return switch (agent.phase()) {
                case RUN, DRAIN -> records.confirmName(agent) ? apply(agent) : withoutName(agent);
                // Met as REMOVED after an act of this worker's own: what that made has to go again.
                case DELETE, KILL, REMOVED -> remove(agent, cause(agent), agent.reason());
            };
        } catch (ClusterFailure.Transient e) {
            return new Result.Failed(agent, String.valueOf(e.getMessage()), true, e.notBefore());
        } catch (ClusterFailure e) {
            return new Result.Failed(agent, String.valueOf(e.getMessage()), false);
        } catch (EnvironmentUnreadable e) {
            return new Result.Failed(agent, String.valueOf(e.getMessage()), false);
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("agentId", agent.agentId())
                    .addKeyValue("generation", agent.generation())
                    .setCause(e)
                    .log("Defect while an agent was made as desired");
            return new Result.Failed(agent, DEFECT + e.getClass().getSimpleName(), true);
        }
    }

    private static Result done(DesiredAgent agent) {
        return new Result.Removed(agent, cause(agent), agent.reason());
    }

    private Result apply(DesiredAgent agent) {
        Set<String> wanted = agent.spec().environment();
        Map<String, String> values = wanted.isEmpty() ? Map.of() : records.environment(agent);
        List<String> missing =
                wanted.stream().filter(name -> !values.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            return new Result.Failed(
                    agent,
                    "The values of the environment variables " + missing + " are not in the store:"
                            + " create the agent again",
                    false);
        }
        cluster.apply(new AgentObjects(agent, manifests, AgentToken.of(key, agent.agentId()), values));
        return new Result.Applied(agent);
    }

    private Result withoutName(DesiredAgent agent) {
        return remove(
                agent,
                Cause.NAME_TAKEN,
                "Another agent owns the name " + agent.spec().name());
    }

    private Result remove(DesiredAgent agent, Cause cause, @Nullable String reason) {
        List<String> left = cluster.remove(agent, () -> records.ownsName(agent));
        if (!left.isEmpty()) {
            return new Result.Removing(agent, "Waiting for the end of " + String.join(", ", left));
        }
        records.release(agent);
        return new Result.Removed(agent, cause, reason);
    }

    private static Cause cause(DesiredAgent agent) {
        if (agent.operation() == Operation.KILL) {
            return Cause.KILLED;
        }
        return agent.operation() == Operation.DEPROVISION ? Cause.DELETED : Cause.NAME_TAKEN;
    }
}
