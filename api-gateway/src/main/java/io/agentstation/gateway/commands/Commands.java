package io.agentstation.gateway.commands;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Issuer;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.kafka.PublishFailed;
import io.agentstation.gateway.kafka.TopicProducer;
import io.agentstation.gateway.keys.Caller;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Publishes commands and waits until they are in the log. */
public final class Commands implements AutoCloseable {

    private final TopicProducer producer;
    private final InstantSource clock;

    /** Publishes through this producer, which it closes. */
    public Commands(TopicProducer producer, InstantSource clock) {
        this.producer = producer;
        this.clock = clock;
    }

    /** What every command of a user says of itself. */
    public AgentCommand.Meta meta(Caller.User user, AgentId agent, CommandId command) {
        return meta(user, agent, command, null);
    }

    /** What every command says of itself; an agent that asks with its own token is its issuer. */
    public AgentCommand.Meta meta(Caller caller, AgentId agent, CommandId command, @Nullable String reason) {
        String id = caller instanceof Caller.Agent itself
                ? itself.id().toString()
                : caller.user().owner().toString();
        return new AgentCommand.Meta(agent, command, new Issuer(Issuer.Kind.USER, id), clock.instant(), reason);
    }

    /**
     * Appends the command.
     *
     * @throws PublishFailed when it is not, or not certainly, in the log
     */
    public void publish(AgentCommand command) {
        try {
            var unused = producer.send(command.agentId(), Wire.write(command)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PublishFailed failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Sends what waits, for 2 s at most. */
    @Override
    public void close() {
        producer.close();
    }
}
