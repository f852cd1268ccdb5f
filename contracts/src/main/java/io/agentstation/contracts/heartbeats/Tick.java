package io.agentstation.contracts.heartbeats;

/**
 * A gateway's proof that its ingest path works, appended to every partition of {@code agent.heartbeats} through the
 * producer that carries heartbeats (design, section 4).
 *
 * @param sequence rises with each tick of a gateway and partition, so that a copied tick is recognised
 */
public record Tick(String gatewayId, int partition, long sequence, Kind kind) {

    /** Whether the gateway goes on. */
    public enum Kind {
        TICK,
        /** The last tick of an orderly stop: the gateway leaves the roster. */
        GOODBYE
    }
}
