package io.agentstation.standalone.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {

    private final AtomicLong now = new AtomicLong();
    private final RestartBudget budget = new RestartBudget(now::get);

    @Test
    void pausesGrowAndTheFourthStartIsRefused() {
        assertThat(budget.take()).contains(Duration.ofSeconds(1));
        assertThat(budget.take()).contains(Duration.ofSeconds(2));
        assertThat(budget.take()).contains(Duration.ofSeconds(4));
        assertThat(budget.take()).isEmpty();
    }

    @Test
    void whatWasSpentComesBackAfterTenMinutes() {
        budget.take();
        now.addAndGet(Duration.ofMinutes(9).toNanos());
        budget.take();
        budget.take();
        assertThat(budget.take()).isEmpty();

        now.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(budget.take()).contains(Duration.ofSeconds(4));
        assertThat(budget.take()).isEmpty();
    }
}
