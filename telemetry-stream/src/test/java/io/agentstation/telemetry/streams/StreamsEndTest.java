package io.agentstation.telemetry.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;

class StreamsEndTest {

    private final List<Object> published = new ArrayList<>();
    private final StreamsEnd end = new StreamsEnd(published::add);

    @Test
    void whenStreamsHasEndedForGoodTheContextIsBroken() {
        end.onChange(State.ERROR, State.PENDING_ERROR);

        assertThat(published)
                .singleElement()
                .satisfies(event -> assertThat(((AvailabilityChangeEvent<?>) event).getState())
                        .isEqualTo(LivenessState.BROKEN));
    }

    @ParameterizedTest
    @EnumSource(names = "ERROR", mode = EnumSource.Mode.EXCLUDE)
    void everythingElsePasses(State now) {
        end.onChange(now, State.RUNNING);

        assertThat(published).isEmpty();
    }
}
