package io.agentstation.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.wire.Wire;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class MetricsFormTest {

    private static final String REQUIRED = "\"cpu_percent\":1,\"memory_mb\":2,\"requests_handled\":3";

    private static MetricsReport read(String json) {
        return MetricsForm.read((ObjectNode) Wire.mapper().readTree(json));
    }

    @Test
    void valuesAreKeptAsSent() {
        // When
        MetricsReport report = read("{\"cpu_percent\":250.25,\"memory_mb\":1.5,\"requests_handled\":9007199254740993,"
                + "\"custom_metrics\":{\"n\":1,\"d\":0.5,\"s\":\"x\",\"o\":{\"z\":null}},\"unknown\":1}");

        // Then
        assertThat(report.cpuPercent()).isEqualTo(250.25);
        assertThat(report.requestsHandled()).isEqualTo(9_007_199_254_740_993L);
        assertThat(report.customMetrics())
                .containsEntry("n", 1)
                .containsEntry("d", 0.5)
                .containsEntry("s", "x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"memory_mb\":1,\"requests_handled\":1}"
                        + "|Fields \"cpu_percent\", \"memory_mb\", and \"requests_handled\" are required",
                "{\"cpu_percent\":null,\"memory_mb\":1,\"requests_handled\":1}"
                        + "|cpu_percent must be a non-negative number",
                "{\"cpu_percent\":\"1\",\"memory_mb\":1,\"requests_handled\":1}"
                        + "|cpu_percent must be a non-negative number",
                "{\"cpu_percent\":1,\"memory_mb\":-1,\"requests_handled\":1}|memory_mb must be a non-negative number",
                "{\"cpu_percent\":1,\"memory_mb\":1e999,\"requests_handled\":1}"
                        + "|memory_mb must be a non-negative number",
                "{\"cpu_percent\":1,\"memory_mb\":1,\"requests_handled\":-1}"
                        + "|requests_handled must be a non-negative number",
                "{\"cpu_percent\":1,\"memory_mb\":1,\"requests_handled\":1.5}"
                        + "|requests_handled must be a non-negative integer",
                "{\"cpu_percent\":1,\"memory_mb\":1,\"requests_handled\":99999999999999999999}"
                        + "|requests_handled must be a non-negative integer",
                "{" + REQUIRED + ",\"custom_metrics\":[]}|custom_metrics must be an object or null",
                "{" + REQUIRED + ",\"custom_metrics\":{\"a\":[1e999]}}|custom_metrics must hold finite numbers only"
            })
    void anythingElseIsRefused(String json, String error) {
        assertThatThrownBy(() -> read(json)).hasMessage(error);
    }

    @Test
    void aNumberTooLargeForADoubleIsRefusedWhereverItIs() {
        String large = "9".repeat(400);

        for (String field : List.of("cpu_percent", "memory_mb", "requests_handled")) {
            String body = "{" + REQUIRED.replaceAll("\"" + field + "\":\\d", "\"" + field + "\":" + large) + "}";
            assertThatThrownBy(() -> read(body)).hasMessageStartingWith(field + " must be a non-negative");
        }
        assertThatThrownBy(() -> read("{" + REQUIRED + ",\"custom_metrics\":{\"a\":" + large + "}}"))
                .hasMessage("custom_metrics must hold finite numbers only");
    }

    @Test
    void customMetricsAreLimited() {
        // Given
        String large = "x".repeat(MetricsReport.MAX_CUSTOM_METRICS_BYTES);

        // Then
        assertThatThrownBy(() -> read("{" + REQUIRED + ",\"custom_metrics\":{\"a\":\"" + large + "\"}}"))
                .hasMessageContaining("at most 16384 bytes");
        assertThat(read("{" + REQUIRED + ",\"custom_metrics\":null}").customMetrics())
                .isEqualTo(Map.of());
    }
}
