package io.agentstation.provisioner.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.provisioner.observations.ObservationsUnavailable;
import io.agentstation.store.session.StoreUnavailable;
import java.io.IOException;
import org.apache.kafka.common.errors.DisconnectException;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

class CommandErrorsTest {

    @Test
    void whatPassesByItselfIsTriedUntilItDoes() {
        assertThat(CommandErrors.isPassing(new StoreUnavailable("away", new IOException("timeout"))))
                .isTrue();
        assertThat(CommandErrors.isPassing(new ObservationsUnavailable("away", new IOException("timeout"))))
                .isTrue();
        assertThat(CommandErrors.isPassing(new DisconnectException("away"))).isTrue();
        assertThat(CommandErrors.isPassing(new org.springframework.kafka.KafkaException("Send failed")))
                .isTrue();
    }

    @Test
    void theListenersWrapperHidesNothing() {
        Exception away = new StoreUnavailable("away", new IOException("timeout"));

        assertThat(CommandErrors.isPassing(new ListenerExecutionFailedException("listener", away)))
                .isTrue();
    }

    @Test
    void aDefectIsNotTriedForEver() {
        assertThat(CommandErrors.isPassing(new IllegalStateException("defect"))).isFalse();
    }
}
