package io.agentstation.standalone.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.support.GenericApplicationContext;

class ServicesTest {

    @Test
    void aServiceThatCannotGoOnEndsTheStationInWords() {
        CompletableFuture<String> ended = new CompletableFuture<>();
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.refresh();
            Services.watch("liveness-detector", context, ended);

            AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
            assertThat(ended).isNotDone();
            AvailabilityChangeEvent.publish(context, LivenessState.BROKEN);
        }

        assertThat(ended)
                .isCompletedWithValue("liveness-detector cannot go on, so the station stops too; see logs/station.log");
    }
}
