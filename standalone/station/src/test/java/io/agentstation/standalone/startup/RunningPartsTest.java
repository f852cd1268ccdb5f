package io.agentstation.standalone.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RunningPartsTest {

    private final List<String> stopped = new CopyOnWriteArrayList<>();
    private final RunningParts parts = new RunningParts();

    @Test
    void stopsStageByStageAndOnce() {
        parts.add(StopOrder.SERVERS, "kafka", () -> stopped.add("kafka"));
        parts.add(StopOrder.API, "gateway", () -> stopped.add("gateway"));
        parts.add(StopOrder.SERVICES, "detector", () -> stopped.add("detector"));

        parts.stop();
        parts.stop();

        assertThat(stopped).containsExactly("gateway", "detector", "kafka");
        assertThat(parts.isStopping()).isTrue();
    }

    @Test
    void aPartThatFailsOrHangsDoesNotKeepTheOthers() {
        parts.add(StopOrder.CLUSTER, "hanging", () -> new CountDownLatch(1).await());
        parts.add(StopOrder.CLUSTER, "failing", () -> {
            throw new IllegalStateException("cannot stop");
        });
        parts.add(StopOrder.DIRECTORY, "directory", () -> stopped.add("directory"));

        parts.stop();

        assertThat(stopped).containsExactly("directory");
    }

    @Test
    void allStagesTogetherTakeLessThanTenSeconds() {
        Duration together =
                Arrays.stream(StopOrder.values()).map(StopOrder::limit).reduce(Duration.ZERO, Duration::plus);

        assertThat(together).isLessThan(Duration.ofSeconds(10));
    }
}
