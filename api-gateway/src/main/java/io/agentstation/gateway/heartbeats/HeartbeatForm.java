package io.agentstation.gateway.heartbeats;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.Problems;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a heartbeat strictly: {@code mode} and {@code uptime_seconds}, and nothing that belongs to metrics. */
final class HeartbeatForm {

    private static final String MODE = "mode";
    private static final String UPTIME = "uptime_seconds";

    /** The last two are sent by a known client; they are accepted and mean nothing. */
    private static final Set<String> ALLOWED = Set.of(MODE, UPTIME, "agent_name", "timestamp");

    private HeartbeatForm() {}

    /**
     * The heartbeat.
     *
     * @throws io.agentstation.gateway.errors.RequestRefused 400 that names every field that is wrong
     */
    static Heartbeat read(ObjectNode body) {
        JsonForm form = JsonForm.of(body, new Problems());
        requireBoth(form);
        form.problems().refuseIfAny();
        Optional<HeartbeatMode> mode = mode(form);
        Optional<Double> uptime = uptime(form);
        refuseOthers(form);
        form.problems().refuseIfAny();
        return new Heartbeat(mode.orElseThrow(), uptime.orElseThrow());
    }

    private static void requireBoth(JsonForm form) {
        for (String field : new String[] {MODE, UPTIME}) {
            boolean missing =
                    !form.has(field) || (field.equals(MODE) && form.value(MODE).isEmpty());
            if (missing) {
                form.problem(field, "Fields \"mode\" and \"uptime_seconds\" are required");
            }
        }
    }

    private static Optional<HeartbeatMode> mode(JsonForm form) {
        Optional<String> text = form.value(MODE).flatMap(JsonNode::stringValueOpt);
        for (HeartbeatMode mode : HeartbeatMode.values()) {
            if (text.filter(mode.name()::equals).isPresent()) {
                return Optional.of(mode);
            }
        }
        form.problem(MODE, "Invalid mode. Must be one of: EMERGENCY, IDLE, SLEEP");
        return Optional.empty();
    }

    private static Optional<Double> uptime(JsonForm form) {
        Optional<Double> seconds = form.value(UPTIME)
                .filter(JsonNode::isNumber)
                .map(JsonForm::doubleOf)
                .filter(value -> Double.isFinite(value) && value >= 0);
        if (seconds.isEmpty()) {
            form.problem(UPTIME, "uptime_seconds must be a non-negative finite number");
        }
        return seconds;
    }

    private static void refuseOthers(JsonForm form) {
        form.names().stream()
                .filter(name -> !ALLOWED.contains(name))
                .map(Problems::shortened)
                .forEach(name -> form.problem(
                        name,
                        "Field \"" + name
                                + "\" not allowed in heartbeat. Use the metrics endpoint for resource telemetry."));
    }
}
