package io.agentstation.gateway.agents;

import io.agentstation.contracts.agents.Quantity;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.agents.ResourcesPatch;
import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.Problems;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code resources}: Kubernetes quantities, no request above its limit, no limit above the station's. */
final class ResourcesForm {

    private static final String FIELD = "resources";
    private static final String CPU_REQUEST = "cpu_request";
    private static final String MEMORY_REQUEST = "memory_request";
    private static final String CPU_LIMIT = "cpu_limit";
    private static final String MEMORY_LIMIT = "memory_limit";
    private static final List<String> FIELDS = List.of(CPU_REQUEST, MEMORY_REQUEST, CPU_LIMIT, MEMORY_LIMIT);

    /** Kubernetes counts processors in thousandths. */
    private static final int CPU_DECIMALS = 3;

    private final Quantity maxCpu;
    private final Quantity maxMemory;

    ResourcesForm(Quantity maxCpu, Quantity maxMemory) {
        this.maxCpu = maxCpu;
        this.maxMemory = maxMemory;
    }

    /** The effective resources; empty when anything about them is wrong, which is then noted. */
    Optional<Resources> read(JsonForm body, Resources defaults) {
        if (body.value(FIELD).isEmpty()) {
            return Optional.of(defaults);
        }
        return body.object(FIELD).flatMap(form -> readObject(form, defaults));
    }

    /** Of resources that were read from this body, those that it names. */
    Optional<ResourcesPatch> named(JsonForm body, Resources read) {
        return body.object(FIELD)
                .map(form -> new ResourcesPatch(
                        form.value(CPU_REQUEST).map(named -> read.cpuRequest()).orElse(null),
                        form.value(MEMORY_REQUEST)
                                .map(named -> read.memoryRequest())
                                .orElse(null),
                        form.value(CPU_LIMIT).map(named -> read.cpuLimit()).orElse(null),
                        form.value(MEMORY_LIMIT)
                                .map(named -> read.memoryLimit())
                                .orElse(null)));
    }

    private Optional<Resources> readObject(JsonForm form, Resources defaults) {
        form.names().stream().filter(name -> !FIELDS.contains(name)).forEach(name -> {
            String known = Problems.shortened(name);
            form.problem(known, "Unknown field \"" + known + "\" in resources");
        });
        Map<String, Quantity> quantities = new LinkedHashMap<>();
        defaultsOf(defaults)
                .forEach((field, text) ->
                        quantity(form, field, text).ifPresent(quantity -> quantities.put(field, quantity)));
        if (quantities.size() < FIELDS.size() || !isWithinBounds(form, quantities)) {
            return Optional.empty();
        }
        return Optional.of(new Resources(
                text(quantities, CPU_REQUEST),
                text(quantities, MEMORY_REQUEST),
                text(quantities, CPU_LIMIT),
                text(quantities, MEMORY_LIMIT)));
    }

    private static Map<String, String> defaultsOf(Resources defaults) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(CPU_REQUEST, defaults.cpuRequest());
        texts.put(MEMORY_REQUEST, defaults.memoryRequest());
        texts.put(CPU_LIMIT, defaults.cpuLimit());
        texts.put(MEMORY_LIMIT, defaults.memoryLimit());
        return texts;
    }

    private static Optional<Quantity> quantity(JsonForm form, String field, String byDefault) {
        if (form.value(field).isEmpty()) {
            return Optional.of(Quantity.of(byDefault));
        }
        Optional<Quantity> quantity = form.text(field).flatMap(Quantity::parse).filter(q -> isExact(field, q));
        if (quantity.isEmpty()) {
            form.problem(field, field + " must be a Kubernetes quantity, for example " + byDefault);
        }
        return quantity;
    }

    private static boolean isExact(String field, Quantity quantity) {
        BigDecimal value = quantity.value().stripTrailingZeros();
        return value.scale() <= (field.startsWith("cpu") ? CPU_DECIMALS : 0);
    }

    private boolean isWithinBounds(JsonForm form, Map<String, Quantity> quantities) {
        boolean cpu = isPair(form, quantities, CPU_REQUEST, CPU_LIMIT)
                && isAtMost(form, quantities, CPU_LIMIT, maxCpu, maxCpu.text() + " cores");
        boolean memory = isPair(form, quantities, MEMORY_REQUEST, MEMORY_LIMIT)
                && isAtMost(form, quantities, MEMORY_LIMIT, maxMemory, maxMemory.text());
        return cpu && memory;
    }

    private static boolean isPair(JsonForm form, Map<String, Quantity> quantities, String request, String limit) {
        Quantity asked = get(quantities, request);
        Quantity most = get(quantities, limit);
        if (most.value().signum() == 0) {
            form.problem(limit, limit + " must be above 0");
            return false;
        }
        if (asked.compareTo(most) > 0) {
            String named = form.has(request) ? request : limit;
            form.problem(named, request + " cannot exceed " + limit + ": " + asked.text() + " > " + most.text());
            return false;
        }
        return true;
    }

    private static boolean isAtMost(
            JsonForm form, Map<String, Quantity> quantities, String limit, Quantity most, String words) {
        if (get(quantities, limit).compareTo(most) > 0) {
            form.problem(limit, limit + " exceeds maximum of " + words);
            return false;
        }
        return true;
    }

    private static String text(Map<String, Quantity> quantities, String field) {
        return get(quantities, field).text();
    }

    private static Quantity get(Map<String, Quantity> quantities, String field) {
        return java.util.Objects.requireNonNull(quantities.get(field), field);
    }
}
