package io.agentstation.agent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One agent that keeps the agent contract: heartbeats at the mode's interval, retried until acknowledged, and metrics.
 *
 * <p>Needs no thread of its own. A stopped agent is not started again.
 */
public final class StationAgent implements AutoCloseable {

    private final AgentSettings settings;
    private final HeartbeatLoop heartbeats;
    private final MetricsLoop metrics;
    private final Consumer<String> log;
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    /**
     * An agent that talks HTTP, not yet started.
     *
     * @param log receives one line per event worth telling, from any thread, never a secret
     */
    public StationAgent(AgentSettings settings, AgentRuntime runtime, AgentWorkload workload, Consumer<String> log) {
        this(settings, runtime, workload, log, new HttpStationApi(settings, runtime.client()));
    }

    StationAgent(
            AgentSettings settings,
            AgentRuntime runtime,
            AgentWorkload workload,
            Consumer<String> log,
            StationApi api) {
        this.settings = settings;
        this.log = log;
        this.heartbeats =
                new HeartbeatLoop(settings, api, runtime, workload.ready(), new HeartbeatJournal(log), this::gone);
        this.metrics = new MetricsLoop(settings, api, runtime.scheduler(), workload, log, this::gone);
    }

    /** Sends the first heartbeat and the first metrics and goes on until stopped or told to end. */
    public void start() {
        log.accept("agent " + settings.agent() + " reports to " + settings.station() + " in mode " + settings.mode());
        heartbeats.beat();
        metrics.report();
    }

    /** Completes with the reason once the Station has told the agent to end (HTTP 410), never otherwise. */
    public CompletionStage<String> ended() {
        return ended.minimalCompletionStage();
    }

    /** Stops heartbeats and metrics at once; does not tell the Station. Repeating it does nothing. */
    public void stop() {
        heartbeats.stop();
        metrics.stop();
    }

    @Override
    public void close() {
        stop();
    }

    private void gone() {
        String why = "the station says that this agent is terminated (HTTP 410)";
        if (ended.complete(why)) {
            // Completed first: from here on nobody else stops, so the two loops' locks are not taken crosswise.
            stop();
            log.accept("agent ends: " + why);
        }
    }
}
