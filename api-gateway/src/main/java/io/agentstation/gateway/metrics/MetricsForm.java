package io.agentstation.gateway.metrics;

import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a metrics report strictly; fields that it does not know are ignored. */
final class MetricsForm {

    private static final String CPU = "cpu_percent";
    private static final String MEMORY = "memory_mb";
    private static final String REQUESTS = "requests_handled";
    private static final String CUSTOM = "custom_metrics";

    private MetricsForm() {}

    /**
     * The report.
     *
     * @throws io.agentstation.gateway.errors.RequestRefused 400 that names every field that is wrong
     */
    static MetricsReport read(ObjectNode body) {
        JsonForm form = JsonForm.of(body, new Problems());
        List.of(CPU, MEMORY, REQUESTS).stream()
                .filter(field -> !form.has(field))
                .forEach(field -> form.problem(
                        field, "Fields \"cpu_percent\", \"memory_mb\", and \"requests_handled\" are required"));
        form.problems().refuseIfAny();
        Optional<Double> cpu = measure(form, CPU);
        Optional<Double> memory = measure(form, MEMORY);
        Optional<Long> requests = count(form);
        Map<String, Object> custom = custom(form);
        form.problems().refuseIfAny();
        return new MetricsReport(cpu.orElseThrow(), memory.orElseThrow(), requests.orElseThrow(), custom);
    }

    private static Optional<Double> measure(JsonForm form, String field) {
        Optional<Double> value = form.value(field)
                .filter(JsonNode::isNumber)
                .map(JsonForm::doubleOf)
                .filter(number -> Double.isFinite(number) && number >= 0);
        if (value.isEmpty()) {
            form.problem(field, field + " must be a non-negative number");
        }
        return value;
    }

    private static Optional<Long> count(JsonForm form) {
        Optional<JsonNode> number = form.value(REQUESTS).filter(JsonNode::isNumber);
        if (number.isEmpty() || JsonForm.doubleOf(number.get()) < 0) {
            form.problem(REQUESTS, "requests_handled must be a non-negative number");
            return Optional.empty();
        }
        if (!number.get().isIntegralNumber() || !number.get().canConvertToLong()) {
            form.problem(REQUESTS, "requests_handled must be a non-negative integer");
            return Optional.empty();
        }
        return number.map(JsonNode::longValue);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> custom(JsonForm form) {
        Optional<JsonNode> sent = form.value(CUSTOM);
        if (sent.isEmpty()) {
            return Map.of();
        }
        if (!sent.get().isObject()) {
            form.problem(CUSTOM, "custom_metrics must be an object or null");
        } else if (!isFinite(sent.get())) {
            form.problem(CUSTOM, "custom_metrics must hold finite numbers only");
        } else if (Wire.write(sent.get()).length > MetricsReport.MAX_CUSTOM_METRICS_BYTES) {
            form.problem(
                    CUSTOM,
                    "custom_metrics must be at most " + MetricsReport.MAX_CUSTOM_METRICS_BYTES + " bytes of JSON");
        } else {
            return Wire.mapper().treeToValue(sent.get(), Map.class);
        }
        return Map.of();
    }

    private static boolean isFinite(JsonNode value) {
        return value.isContainer()
                ? value.values().stream().allMatch(MetricsForm::isFinite)
                : !value.isNumber() || Double.isFinite(JsonForm.doubleOf(value));
    }
}
