package io.agentstation.gateway.ticks;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.heartbeats.Tick.Kind;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.heartbeats.HeartbeatQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends ticks while the gate is open and the ingest proof holds, and the goodbye. Thread-safe. */
public final class Ticker {

    private static final Logger log = LoggerFactory.getLogger(Ticker.class);
    private static final String PURPOSE = "tick";

    /** New at each start: a gateway that comes back is another member of the roster. */
    private final String gatewayId = UUID.randomUUID().toString();

    private final HeartbeatQueue queue;
    private final StationKey key;
    private final TickGate gate;
    private final IngestProof proof;
    private long sequence;
    private boolean ticking;

    Ticker(HeartbeatQueue queue, StationKey key, TickGate gate, IngestProof proof) {
        this.queue = queue;
        this.key = key;
        this.gate = gate;
        this.proof = proof;
    }

    /** Whether this gateway vouches for its ingest path now. */
    public synchronized boolean isTicking() {
        return ticking;
    }

    /** One round of ticks, one to each partition, or none. */
    synchronized void tick() {
        boolean may = gate.isOpen() && proof.holds();
        if (may != ticking) {
            ticking = may;
            log.atInfo().addKeyValue("gatewayId", gatewayId).log(may ? "Ticking" : "Not ticking");
        }
        if (may) {
            var unused = append(Kind.TICK);
        }
    }

    /** Leaves the roster; ends when Kafka has it or cannot have it. */
    synchronized void goodbye() {
        if (sequence > 0) {
            boolean said = append(Kind.GOODBYE)
                    .handle((nothing, failure) -> failure == null)
                    .join();
            log.atInfo()
                    .addKeyValue("gatewayId", gatewayId)
                    .addKeyValue("acknowledged", said)
                    .log("Said goodbye");
        }
    }

    private CompletableFuture<Void> append(Kind kind) {
        sequence++;
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int partition = 0; partition < queue.partitionCount(); partition++) {
            Tick tick = new Tick(gatewayId, partition, sequence, kind);
            byte[] value = Wire.write(tick);
            sent.add(queue.append(tick, value, key.mac(PURPOSE, value)));
        }
        return CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new));
    }
}
