package io.agentstation.liveness;

import io.agentstation.liveness.topology.DetectorFigures;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/** Whether the detector works, for whoever runs it. Thread-safe. */
public final class DetectorHealth {

    private final DetectorStreams streams;
    private final DetectorFigures figures;

    DetectorHealth(DetectorStreams streams, DetectorFigures figures) {
        this.streams = streams;
        this.figures = figures;
    }

    /** Whether it processes records; false while it starts, rebalances or restores, and after it failed. */
    public boolean isReady() {
        return streams.state()
                .filter(state -> state == KafkaStreams.State.RUNNING)
                .isPresent();
    }

    /** The state in Kafka Streams' own words, or {@code NOT_STARTED}. */
    public String state() {
        return streams.state().map(Enum::name).orElse("NOT_STARTED");
    }

    /**
     * How long ago any partition's last valid tick was processed; empty before the first. Without ticks nobody is
     * judged: much more than the tick period means that the detector is blind.
     */
    public Optional<Duration> sinceLastTick() {
        return figures.sinceLastTick();
    }
}
