package io.agentstation.gateway.quota;

import io.agentstation.contracts.clusters.ClusterReport;
import io.agentstation.contracts.clusters.QuotaLimit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The quota of the agents' namespace.
 *
 * @param observedAt when the cluster was seen so
 * @param resources  one for each limited resource; null when the Station cannot tell, for want of a right on the cluster
 */
record QuotaView(
        String namespace, Instant observedAt, @Nullable List<Limit> resources) {

    private static final BigDecimal MEBI = BigDecimal.valueOf(1L << 20);
    private static final int CPU_DECIMALS = 3;

    /** All four are Kubernetes quantities. */
    record Limit(String resource, String limit, String used, String available) {
        static Limit of(QuotaLimit limit) {
            return new Limit(limit.resource(), limit.limit(), limit.used(), print(limit.resource(), limit.left()));
        }
    }

    static QuotaView of(ClusterReport report) {
        List<QuotaLimit> quota = report.quota();
        return new QuotaView(
                report.namespace(),
                report.at(),
                quota == null ? null : quota.stream().map(Limit::of).toList());
    }

    /** An amount as people write it: {@code 4100m} CPUs, {@code 512Mi}, {@code 7} pods. */
    static String print(String resource, BigDecimal amount) {
        BigDecimal whole = amount.stripTrailingZeros();
        if (resource.endsWith("memory")
                && amount.signum() != 0
                && amount.remainder(MEBI).signum() == 0) {
            return amount.divideToIntegralValue(MEBI).toBigInteger() + "Mi";
        }
        return whole.scale() <= 0
                ? whole.toBigInteger().toString()
                : amount.movePointRight(CPU_DECIMALS)
                                .setScale(0, RoundingMode.UP)
                                .toBigInteger() + "m";
    }
}
