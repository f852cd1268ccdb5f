package io.agentstation.contracts.ticks;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.wire.Wire;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells real ticks from what anybody may have written. Thread-safe. */
public final class Ticks {

    private static final String PURPOSE = RecordHeaders.TYPE_TICK;

    private final StationKey stationKey;

    public Ticks(StationKey stationKey) {
        this.stationKey = stationKey;
    }

    /**
     * The tick, if the station's key vouches for it and it was meant for this partition.
     *
     * @param value of the record
     * @param code  the record's header {@link RecordHeaders#HMAC}
     * @throws io.agentstation.contracts.wire.MalformedMessage when the key vouches for something that is no tick
     */
    public Optional<Tick> read(byte @Nullable [] value, byte @Nullable [] code, int partition) {
        if (code == null || value == null) {
            return Optional.empty();
        }
        return stationKey.verify(PURPOSE, value, code)
                ? Optional.of(Wire.read(value, Tick.class)).filter(tick -> tick.partition() == partition)
                : Optional.empty();
    }
}
