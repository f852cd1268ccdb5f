package io.agentstation.liveness.facts;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.AgentCommand.Cases;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import org.jspecify.annotations.Nullable;

/** What each command adds to the facts. Of what can be asked again, the highest offset wins. */
final class CommandFacts {

    // Anybody may write to the topic: a time-out that overflows must not stop the partition.
    private static final long MAX_DRAIN_SECONDS = 7 * 24 * 3_600;

    private final AgentFacts facts;
    private final long offset;
    private final long atMs;

    private CommandFacts(AgentFacts facts, long offset, long atMs) {
        this.facts = facts;
        this.offset = offset;
        this.atMs = atMs;
    }

    static void fold(AgentFacts facts, AgentCommand command, long offset, long atMs) {
        CommandFacts fold = new CommandFacts(facts, offset, atMs);
        command.<Void>match(new Cases<>(
                fold::provision,
                fold::update,
                fold::scale,
                restart -> fold.unwatch(),
                fold::drain,
                fold::resume,
                fold::delete,
                fold::kill));
    }

    private Void provision(AgentCommand.Provision command) {
        if (facts.provision == null) {
            facts.provision = Asked.by(command, offset);
            facts.workspace = command.spec().workspace();
            facts.name = command.spec().name();
        }
        facts.remedy.asked(command.spec().onUnhealthy(), offset);
        return replicas(command.spec().replicas());
    }

    private @Nullable Void update(AgentCommand.Update command) {
        UnhealthyPolicy policy = command.patch().onUnhealthy();
        if (policy != null) {
            facts.remedy.asked(policy, offset);
        }
        return null;
    }

    private Void scale(AgentCommand.Scale command) {
        boolean fromZero = offset > facts.replicasOffset && facts.replicas == 0 && command.replicas() > 0;
        // The last breath of the old pods must not count as the first of the new ones.
        if (command.replicas() == 0 || fromZero) {
            unwatch();
        }
        return replicas(command.replicas());
    }

    private Void replicas(int wanted) {
        if (offset > facts.replicasOffset) {
            facts.replicas = wanted;
            facts.replicasOffset = offset;
        }
        return null;
    }

    private Void drain(AgentCommand.Drain command) {
        return wish(new DrainWish(
                Asked.by(command, offset),
                true,
                atMs + Math.min(command.timeoutSeconds(), MAX_DRAIN_SECONDS) * 1_000,
                atMs));
    }

    private Void resume(AgentCommand.Resume command) {
        return wish(new DrainWish(Asked.by(command, offset), false, 0, atMs));
    }

    private Void wish(DrainWish wish) {
        DrainWish known = facts.drain;
        if (known == null || offset > known.asked().offset()) {
            facts.drain = wish;
        }
        return null;
    }

    private @Nullable Void delete(AgentCommand.Deprovision command) {
        if (command.onlyEndsDrain() && !drains()) {
            return null;
        }
        facts.delete = Asked.first(facts.delete, Asked.by(command, offset));
        return unwatch();
    }

    // As the provisioner's fold has it: of the drain that this was to end, a Resume has come in between.
    private boolean drains() {
        DrainWish wish = facts.drain;
        return wish != null && wish.draining() && wish.asked().offset() < offset;
    }

    private Void kill(AgentCommand.Kill command) {
        facts.kill = Asked.first(facts.kill, Asked.by(command, offset));
        return unwatch();
    }

    private Void unwatch() {
        facts.unwatchedAtMs = Math.max(facts.unwatchedAtMs, atMs);
        return null;
    }
}
