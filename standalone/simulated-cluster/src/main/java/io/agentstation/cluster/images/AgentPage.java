package io.agentstation.cluster.images;

import io.agentstation.agent.AgentEnvironment;
import io.agentstation.cluster.apply.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What an agent answers to whoever calls it over HTTP: one line of JSON that says who it is, never a secret. */
final class AgentPage {

    /** The agent's name, as the provisioner puts it into every container. */
    private static final String NAME = "STATION_AGENT_NAME";

    private final String pod;
    private final Map<String, String> environment;
    private final Clock clock;
    private final Instant start;

    AgentPage(String pod, Map<String, String> environment, Clock clock) {
        this.pod = pod;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.start = clock.instant();
    }

    String json() {
        ObjectNode page = Json.object();
        page.put("agent", environment.getOrDefault(NAME, ""))
                .put("uuid", environment.getOrDefault(AgentEnvironment.AGENT_ID, ""))
                .put("pod", pod)
                .put("mode", environment.getOrDefault(AgentEnvironment.MODE, ""))
                .put("uptime_seconds", Duration.between(start, clock.instant()).toSeconds());
        return page + "\n";
    }
}
