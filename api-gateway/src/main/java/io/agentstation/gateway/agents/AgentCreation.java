package io.agentstation.gateway.agents;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.NamedUuid;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.gateway.agents.CreateForm.Wish;
import io.agentstation.gateway.commands.Commands;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.kafka.PublishFailed;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.quota.Quota;
import io.agentstation.store.agents.AgentLists;
import io.agentstation.store.agents.AgentProjections;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.names.Names;
import io.agentstation.store.secrets.AgentSecrets;
import io.agentstation.store.session.StoreUnavailable;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * Creates without a dual write (design, section 5): claim the name, seal the secrets, publish, confirm, show. The published
 * command is the commit point; every step before it is undone by time or by hand, every step after it can be repeated.
 */
final class AgentCreation {

    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final Quota quota;
    private final Names names;
    private final AgentSecrets secrets;
    private final Commands commands;
    private final Agents agents;
    private final AgentLists lists;
    private final AgentProjections projections;

    AgentCreation(
            Quota quota,
            Names names,
            AgentSecrets secrets,
            Commands commands,
            Agents agents,
            AgentLists lists,
            AgentProjections projections) {
        this.quota = quota;
        this.names = names;
        this.secrets = secrets;
        this.commands = commands;
        this.agents = agents;
        this.lists = lists;
        this.projections = projections;
    }

    /** An id for an agent that is about to be asked for. */
    AgentId freshId() {
        return new AgentId(ids.generate());
    }

    /**
     * Creates the agent with this id, of which nothing was published before.
     *
     * @throws RequestRefused 409 when another agent has the name, 403 when the quota leaves no room
     * @throws PublishFailed  when the command is not, or not certainly, in the log; when certainly not, all is undone
     */
    AgentRow create(Caller.User user, AgentId agent, Wish wish) {
        quota.requireRoomFor(wish.spec());
        try {
            return begin(user, agent, wish);
        } catch (PublishFailed.NotSent e) {
            undo(wish.spec().name(), agent, e);
            throw e;
        }
    }

    /** What cannot be undone in the time that is left is undone by the end of the claim. */
    private void undo(String name, AgentId agent, PublishFailed.NotSent reason) {
        try {
            names.release(name, agent);
            secrets.erase(agent);
        } catch (StoreUnavailable e) {
            reason.addSuppressed(e);
        }
    }

    /**
     * Finishes what an earlier attempt with this id began. Undoes nothing: the earlier attempt's command may be in the log, and
     * the agent that it leads to needs its name and its secrets.
     *
     * @throws RequestRefused 409 when another agent has the name, 403 when the quota left no room at the first attempt, which
     *     then has not even claimed the name, and leaves none now
     * @throws PublishFailed  when the command is not, or not certainly, in the log
     */
    AgentRow repeat(Caller.User user, AgentId agent, Wish wish) {
        boolean began = names.owner(wish.spec().name()).filter(agent::equals).isPresent();
        if (!began) {
            quota.requireRoomFor(wish.spec());
        }
        return begin(user, agent, wish);
    }

    private AgentRow begin(Caller.User user, AgentId agent, Wish wish) {
        AgentSpec spec = wish.spec();
        if (!names.claim(spec.name(), agent)
                && !(freeIfOwnerHasEnded(spec.name()) && names.claim(spec.name(), agent))) {
            throw nameTaken();
        }
        secrets.write(agent, wish.environment());
        // Derived, so that a repeated create is recognisable as the same command.
        CommandId command = new CommandId(NamedUuid.of(agent.value(), "provision"));
        commands.publish(new AgentCommand.Provision(commands.meta(user, agent, command), spec));
        if (!names.confirm(spec.name(), agent)) {
            throw nameTaken();
        }
        lists.add(spec.workspace(), agent, spec.name()).toCompletableFuture().join();
        projections.writeEarly(agent, spec);
        return early(agent, spec);
    }

    /**
     * A provisioner that dies after it has confirmed the name of an agent that another has removed meanwhile leaves the name
     * with it, and no object that tells. An ended agent never lives again, so that its name can be freed at any time.
     */
    private boolean freeIfOwnerHasEnded(String name) {
        Optional<AgentId> ended = names.owner(name)
                .filter(owner -> agents.find(owner)
                        .filter(row -> row.state().isTerminal())
                        .isPresent());
        ended.ifPresent(owner -> names.release(name, owner));
        return ended.isPresent();
    }

    private static RequestRefused nameTaken() {
        return new RequestRefused(HttpStatus.CONFLICT, "name_taken", "Agent with this name already exists");
    }

    private static AgentRow early(AgentId agent, AgentSpec spec) {
        return new AgentRow(
                agent,
                spec,
                AgentState.NEW,
                Health.UNKNOWN,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
