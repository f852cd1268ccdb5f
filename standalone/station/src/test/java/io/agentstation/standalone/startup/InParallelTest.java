package io.agentstation.standalone.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InParallelTest {

    @Test
    void runsAllAtTheSameTime() {
        CountDownLatch meeting = new CountDownLatch(2);
        Callable<?> meet = () -> {
            meeting.countDown();
            return meeting.await(5, TimeUnit.SECONDS);
        };

        InParallel.run(List.of(meet, meet));

        assertThat(meeting.getCount()).isZero();
    }

    @Test
    void failsWithTheFirstFailureAndDoesNotWaitForTheOthers() {
        Callable<?> endless = () -> new CountDownLatch(1).await(1, TimeUnit.HOURS);
        Callable<?> failing = () -> {
            throw new IllegalStateException("no disk");
        };

        assertThatThrownBy(() -> InParallel.run(List.of(endless, failing))).hasMessage("no disk");
    }
}
