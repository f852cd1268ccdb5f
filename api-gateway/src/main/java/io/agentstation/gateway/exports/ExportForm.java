package io.agentstation.gateway.exports;

import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.Problems;
import tools.jackson.databind.node.ObjectNode;

/** The body of an export (reference 000, "Export Agent Data"). */
final class ExportForm {

    private static final int MOST = 10_000;
    private static final int USUAL = 100;

    private ExportForm() {}

    /**
     * How much telemetry is asked for.
     *
     * @return the most rows of heartbeats and of metrics, each; 0 for none
     * @throws io.agentstation.gateway.errors.RequestRefused 400 that names every field that is wrong
     */
    static int telemetryLimit(ObjectNode body) {
        JsonForm form = JsonForm.of(body, new Problems());
        boolean included = form.flag("include_telemetry").orElse(true);
        int limit = form.integer("telemetry_limit", 1, MOST).orElse(USUAL);
        form.problems().refuseIfAny();
        return included ? limit : 0;
    }
}
