package io.agentstation.provisioner.quota;

import io.agentstation.contracts.clusters.QuotaLimit;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An informer on the ResourceQuotas of the agents' namespace; it lists again and goes on after any failure. */
public final class QuotaWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(QuotaWatch.class);

    // Every watch ends now and then and is taken up again at once.
    private static final Duration WORTH = Duration.ofMinutes(1);

    private final SharedIndexInformer<ResourceQuota> quotas;
    private final InstantSource clock;
    private volatile Instant watchedAt = Instant.EPOCH;

    /** On a namespace; nothing is watched until {@link #start}. */
    public QuotaWatch(KubernetesClient client, String namespace, InstantSource clock) {
        this.clock = clock;
        this.quotas = client.resourceQuotas()
                .inNamespace(namespace)
                .runnableInformer(0)
                .exceptionHandler((started, failure) -> {
                    log.atWarn()
                            .addKeyValue("namespace", namespace)
                            .addKeyValue("reason", String.valueOf(failure.getMessage()))
                            .log("The quota cannot be watched, will be tried again");
                    return true;
                });
    }

    /** Starts to watch and returns at once. */
    public void start() {
        var unused = quotas.start();
    }

    /** The limits as last seen; empty while they have never been seen, or the watch has been broken for a minute. */
    public Optional<List<QuotaLimit>> limits() {
        Instant now = clock.instant();
        if (quotas.isWatching()) {
            watchedAt = now;
        }
        return quotas.hasSynced() && now.isBefore(watchedAt.plus(WORTH))
                ? Optional.of(QuotaLimits.of(quotas.getStore().list()))
                : Optional.empty();
    }

    @Override
    public void close() {
        quotas.stop();
    }
}
