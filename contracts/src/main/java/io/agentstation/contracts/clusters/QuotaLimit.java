package io.agentstation.contracts.clusters;

import io.agentstation.contracts.agents.Quantity;
import java.math.BigDecimal;

/**
 * How much of one resource the pods of a namespace may have together, and how much they have.
 *
 * @param resource by its name in a ResourceQuota: {@code cpu} and {@code memory} are the requests, {@code limits.cpu},
 *                 {@code pods}, ...
 * @param limit    a Kubernetes quantity
 * @param used     a Kubernetes quantity
 */
public record QuotaLimit(String resource, String limit, String used) {

    public QuotaLimit {
        if (resource.isBlank()) {
            throw new IllegalArgumentException("resource must not be blank");
        }
        var unused = Quantity.of(limit).value().subtract(Quantity.of(used).value());
    }

    /** What is left, in base units; below 0 when the limit was lowered below what is used. */
    public BigDecimal left() {
        return Quantity.of(limit).value().subtract(Quantity.of(used).value());
    }
}
