package io.agentstation.standalone.startup;

import java.util.Map;
import java.util.function.Function;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A service of the station.
 *
 * @param name its room
 * @param start starts it with these properties; returns when it is ready
 */
public record Service(String name, Function<Map<String, Object>, ConfigurableApplicationContext> start) {}
