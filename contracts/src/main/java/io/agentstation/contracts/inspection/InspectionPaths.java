package io.agentstation.contracts.inspection;

import io.agentstation.contracts.ids.AgentId;
import java.time.Instant;
import java.util.Optional;

/** What a provisioner can be asked: the targets of the requests. */
public final class InspectionPaths {

    /** Before the agent's id in every path. */
    public static final String AGENTS = "/agents/";

    /** After it: {@link AgentOnCluster}. */
    public static final String KUBERNETES = "/kubernetes";

    /**
     * After it: {@link LogLine}s, one JSON object on each line; an empty line says that there is nothing new. The last line is
     * {@link #END}: an answer without it has broken off.
     */
    public static final String LOGS = "/logs";

    /** That no further line comes, whatever happens. */
    public static final String END = "\"end\"";

    private InspectionPaths() {}

    /** Of an agent's pods and events. */
    public static String kubernetes(AgentId agent) {
        return AGENTS + agent + KUBERNETES;
    }

    /**
     * Of an agent's log.
     *
     * @param lines  the newest ones, at most so many
     * @param since  none before this
     * @param follow whether to go on with what comes
     */
    public static String logs(AgentId agent, int lines, Optional<Instant> since, boolean follow) {
        return AGENTS + agent + LOGS + "?lines=" + lines + "&follow=" + follow
                + since.map(time -> "&since=" + time).orElse("");
    }
}
