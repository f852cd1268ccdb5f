package io.agentstation.contracts.agents;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes quantity: a decimal number with an optional suffix ("100m", "1.5", "256Mi", "1e3").
 *
 * @param text  as written
 * @param value in base units (cores, bytes), exact
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">Quantity</a>
 */
public record Quantity(String text, BigDecimal value) implements Comparable<Quantity> {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\\d{1,2})?");
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("m", new BigDecimal("0.001")),
            Map.entry("k", BigDecimal.TEN.pow(3)),
            Map.entry("M", BigDecimal.TEN.pow(6)),
            Map.entry("G", BigDecimal.TEN.pow(9)),
            Map.entry("T", BigDecimal.TEN.pow(12)),
            Map.entry("P", BigDecimal.TEN.pow(15)),
            Map.entry("E", BigDecimal.TEN.pow(18)),
            Map.entry("Ki", KIBI),
            Map.entry("Mi", KIBI.pow(2)),
            Map.entry("Gi", KIBI.pow(3)),
            Map.entry("Ti", KIBI.pow(4)),
            Map.entry("Pi", KIBI.pow(5)),
            Map.entry("Ei", KIBI.pow(6)));

    /** Reads a quantity; empty when the text is not one. Signs, spaces and unknown suffixes are refused. */
    public static Optional<Quantity> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Quantity(text, new BigDecimal(form.group(1)).multiply(factor(form.group(2)))));
    }

    /**
     * Reads a quantity that must be one.
     *
     * @throws IllegalArgumentException when it is not
     */
    public static Quantity of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a Kubernetes quantity: " + text));
    }

    private static BigDecimal factor(@org.jspecify.annotations.Nullable String suffix) {
        if (suffix == null) {
            return BigDecimal.ONE;
        }
        BigDecimal known = SUFFIXES.get(suffix);
        return known != null ? known : new BigDecimal("1" + suffix);
    }

    void requireAtMost(Quantity limit, String field, String limitField) {
        if (compareTo(limit) > 0) {
            throw new IllegalArgumentException(
                    field + " cannot exceed " + limitField + ": " + text + " > " + limit.text);
        }
    }

    @Override
    public int compareTo(Quantity other) {
        return value.compareTo(other.value);
    }
}
