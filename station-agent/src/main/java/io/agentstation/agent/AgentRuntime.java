package io.agentstation.agent;

import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/**
 * What all agents of one JVM share; none of it is closed by an agent.
 *
 * @param scheduler runs timers only, so one thread serves a thousand agents
 * @param random    must be thread-safe, as {@link java.util.Random} is
 */
public record AgentRuntime(
        HttpClient client, ScheduledExecutorService scheduler, Clock clock, RandomGenerator random) {}
