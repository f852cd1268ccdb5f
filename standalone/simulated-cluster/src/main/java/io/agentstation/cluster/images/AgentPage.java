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
    private final String agent;
    private final String uuid;
    private final String mode;
    private final Clock clock;
    private final Instant start;

    AgentPage(String pod, Map<String, String> environment, Clock clock) {
        this.pod = pod;
        this.agent = environment.getOrDefault(NAME, "");
        this.uuid = environment.getOrDefault(AgentEnvironment.AGENT_ID, "");
        this.mode = environment.getOrDefault(AgentEnvironment.MODE, "");
        this.clock = clock;
        this.start = clock.instant();
    }

    String json() {
        ObjectNode page = Json.object();
        page.put("agent", agent)
                .put("uuid", uuid)
                .put("pod", pod)
                .put("mode", mode)
                .put("uptime_seconds", Duration.between(start, clock.instant()).toSeconds());
        return page + "\n";
    }
}
