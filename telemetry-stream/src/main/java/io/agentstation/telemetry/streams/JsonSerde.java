package io.agentstation.telemetry.streams;

import io.agentstation.contracts.wire.Wire;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** Messages and state as JSON by the codec of the wire, which lets them grow. */
public final class JsonSerde {

    private JsonSerde() {}

    /** Of one type. */
    public static <T> Serde<T> of(Class<T> type) {
        return Serdes.serdeFrom((topic, value) -> bytes(value), (topic, bytes) -> value(bytes, type));
    }

    @SuppressWarnings("NullAway") // Streams calls with null for a row that is not there, and wants null back.
    private static <T> byte[] bytes(@Nullable T value) {
        return value == null ? null : Wire.write(value);
    }

    @SuppressWarnings("NullAway") // As above.
    private static <T> T value(byte @Nullable [] bytes, Class<T> type) {
        return bytes == null ? null : Wire.read(bytes, type);
    }
}
