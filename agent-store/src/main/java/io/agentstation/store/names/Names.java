package io.agentstation.store.names;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.session.Store;
import java.util.Optional;

/**
 * Table {@code names}: a name has at most one live owner. Only conditional writes, decided at SERIAL.
 *
 * <p>Every method can be repeated with the same agent: it then finds what it did before.
 */
public final class Names {

    private final Store store;
    private final PreparedStatement claim;
    private final PreparedStatement confirm;
    private final PreparedStatement take;
    private final PreparedStatement release;
    private final PreparedStatement owner;

    public Names(Store store) {
        this.store = store;
        this.claim = store.prepare(
                "INSERT INTO names (name, agent_id) VALUES (:name, :agent_id) IF NOT EXISTS USING TTL 600");
        this.confirm = store.prepare(
                "UPDATE names USING TTL 0 SET agent_id = :agent_id WHERE name = :name IF agent_id = :owner");
        this.take = store.prepare("INSERT INTO names (name, agent_id) VALUES (:name, :agent_id) IF NOT EXISTS");
        this.release = store.prepare("DELETE FROM names WHERE name = :name IF agent_id = :agent_id");
        this.owner = store.prepare("SELECT agent_id, TTL(agent_id) AS seconds_left FROM names WHERE name = :name");
    }

    /**
     * Claims the name for 600 s; whoever does not {@link #confirm} by then has lost it.
     *
     * @return whether the name is now claimed by, or belongs to, this agent
     */
    public boolean claim(String name, AgentId agent) {
        return store.compareAndSet(
                        claim.bind().setString("name", name).setUuid("agent_id", agent.value()),
                        () -> isOwner(name, agent))
                || isOwner(name, agent);
    }

    /**
     * Makes the name the agent's for good: from its claim, or anew when the claim has run out and nobody took the name.
     *
     * @return false when another agent owns it
     */
    public boolean confirm(String name, AgentId agent) {
        // Again while it is the agent's after all: a retry of the create may have claimed it anew between the two
        // writes.
        do {
            if (keepClaim(name, agent) || takeFree(name, agent)) {
                return true;
            }
        } while (isOwner(name, agent));
        return false;
    }

    /**
     * As {@link #confirm}, by an ordinary read when the name has been confirmed before, as the gateway does.
     *
     * <p>That read may show what was, not what is: true says that the name was confirmed to this agent at some time. Nothing but the
     * agent's removal gives it up, so that whoever then acts for the agent and verifies that it still lives loses nothing.
     */
    public boolean ensure(String name, AgentId agent) {
        Optional<Row> seen = Optional.ofNullable(
                store.execute(owner.bind().setString("name", name).setIdempotent(true))
                        .one());
        return seen.filter(row -> isForGood(row, agent)).isPresent()
                // No claim that could be kept.
                || (seen.isEmpty() && takeFree(name, agent))
                || confirm(name, agent);
    }

    // When the answer is lost, owning the name proves nothing: the claim alone does that, and it runs out.
    private boolean keepClaim(String name, AgentId agent) {
        return store.compareAndSet(
                confirm.bind()
                        .setUuid("agent_id", agent.value())
                        .setString("name", name)
                        .setUuid("owner", agent.value()),
                () -> isOwnerForGood(name, agent));
    }

    private boolean takeFree(String name, AgentId agent) {
        return store.compareAndSet(
                take.bind().setString("name", name).setUuid("agent_id", agent.value()),
                () -> isOwnerForGood(name, agent));
    }

    /** Frees the name, if this agent owns it; else does nothing. */
    public void release(String name, AgentId agent) {
        store.compareAndSet(
                release.bind().setString("name", name).setUuid("agent_id", agent.value()), () -> !isOwner(name, agent));
    }

    /** Who owns the name now, every claim in flight decided. */
    public Optional<AgentId> owner(String name) {
        return read(name).map(row -> row.getUuid("agent_id")).map(AgentId::new);
    }

    private Optional<Row> read(String name) {
        return Optional.ofNullable(
                store.executeSerial(owner.bind().setString("name", name)).one());
    }

    private boolean isOwner(String name, AgentId agent) {
        return owner(name).filter(agent::equals).isPresent();
    }

    private boolean isOwnerForGood(String name, AgentId agent) {
        return read(name).filter(row -> isForGood(row, agent)).isPresent();
    }

    private static boolean isForGood(Row row, AgentId agent) {
        return agent.value().equals(row.getUuid("agent_id")) && row.isNull("seconds_left");
    }
}
