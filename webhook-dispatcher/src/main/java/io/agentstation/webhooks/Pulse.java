package io.agentstation.webhooks;

import io.agentstation.store.session.StoreUnavailable;
import io.agentstation.webhooks.lanes.HourCounts;
import io.agentstation.webhooks.lanes.Lanes;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/** Wakes lanes whose time has come, and writes the hours' counts, for as long as the service runs. */
final class Pulse implements InitializingBean, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Pulse.class);
    private static final Duration WAKE = Duration.ofMillis(50);
    private static final Duration COUNT = Duration.ofSeconds(1);

    private final Lanes lanes;
    private final HourCounts counts;
    private final ScheduledExecutorService pool;

    Pulse(Lanes lanes, HourCounts counts, ScheduledExecutorService pool) {
        this.lanes = lanes;
        this.counts = counts;
        this.pool = pool;
    }

    @Override
    public void afterPropertiesSet() {
        schedule(lanes::tick, WAKE);
        schedule(this::count, COUNT);
    }

    private void schedule(Runnable task, Duration pace) {
        var unused = pool.scheduleWithFixedDelay(task, pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void count() {
        try {
            counts.write();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof StoreUnavailable)) {
                throw e;
            }
            log.atWarn().setCause(e).log("Counts of attempts are written later");
        }
    }

    @Override
    public void destroy() {
        count();
    }
}
