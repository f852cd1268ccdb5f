package io.agentstation.provisioner.sweep;

import io.agentstation.provisioner.cluster.ClusterFailure;
import io.agentstation.store.session.StoreUnavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps again and again, and shows what came of it; what is away now is there the next time. */
public final class SweepTask implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(SweepTask.class);

    private final Sweep sweep;
    private final Counter deleted;
    private volatile SweepReport last = new SweepReport(0, 0, 0, null);

    /** With figures in this registry. */
    public SweepTask(Sweep sweep, MeterRegistry meters) {
        this.sweep = sweep;
        this.deleted = Counter.builder("station.provisioner.sweep.deleted")
                .description("agents of which something was left on the cluster and has been deleted")
                .register(meters);
        Gauge.builder("station.provisioner.sweep.orphans", () -> last.orphans())
                .description("agents that have objects on the cluster and should not, at the last sweep")
                .register(meters);
        Gauge.builder("station.provisioner.sweep.stopped", () -> last.alarm() == null ? 0 : 1)
                .description("1 when the last sweep found so many that it deleted none: an alarm")
                .register(meters);
    }

    @Override
    public void run() {
        try {
            last = sweep.sweep();
            deleted.increment(last.deleted());
        } catch (ClusterFailure | StoreUnavailable e) {
            log.atWarn()
                    .addKeyValue("reason", String.valueOf(e.getMessage()))
                    .log("Sweep interrupted, will be repeated");
        }
    }
}
