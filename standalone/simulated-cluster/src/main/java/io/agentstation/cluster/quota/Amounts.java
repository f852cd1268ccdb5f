package io.agentstation.cluster.quota;

import io.agentstation.cluster.objects.ApiFailure;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Amounts of resources by their names in a quota, such as {@code cpu} and {@code pods}. */
final class Amounts {

    private static final List<Unit> UNITS = List.of(
            new Unit("Gi", BigDecimal.valueOf(1L << 30)),
            new Unit("Mi", BigDecimal.valueOf(1L << 20)),
            new Unit("Ki", BigDecimal.valueOf(1L << 10)));
    private static final BigDecimal MILLI = BigDecimal.valueOf(1_000);

    private record Unit(String suffix, BigDecimal size) {

        boolean fits(BigDecimal amount) {
            return amount.signum() != 0 && amount.remainder(size).signum() == 0;
        }
    }

    private Amounts() {}

    /** The amounts that an object of quantities names. */
    static SortedMap<String, BigDecimal> read(JsonNode quantities) {
        SortedMap<String, BigDecimal> amounts = new TreeMap<>();
        quantities.propertyStream().forEach(entry -> amounts.put(entry.getKey(), amount(entry.getValue())));
        return amounts;
    }

    /** @throws ApiFailure (400) when it is no quantity */
    static BigDecimal amount(JsonNode quantity) {
        try {
            return new Quantity(quantity.asString("0")).getNumericalAmount();
        } catch (IllegalArgumentException e) {
            throw ApiFailure.badRequest("quantities must match the regular expression of Kubernetes: " + quantity, e);
        }
    }

    /** As Kubernetes prints it: {@code 4100m}, {@code 25Gi}, {@code 7}. */
    static String print(String resource, BigDecimal amount) {
        boolean whole = amount.stripTrailingZeros().scale() <= 0;
        String plain = whole
                ? amount.toBigInteger().toString()
                : amount.multiply(MILLI).toBigInteger() + "m";
        return UNITS.stream()
                .filter(unit -> resource.endsWith("memory") && unit.fits(amount))
                .map(unit -> amount.divideToIntegralValue(unit.size()).toBigInteger() + unit.suffix())
                .findFirst()
                .orElse(plain);
    }

    /** As in refusals: {@code cpu=1,pods=1}. */
    static String print(Map<String, BigDecimal> amounts, Collection<String> resources) {
        return resources.stream()
                .map(resource -> resource + "=" + print(resource, amounts.getOrDefault(resource, BigDecimal.ZERO)))
                .collect(Collectors.joining(","));
    }
}
