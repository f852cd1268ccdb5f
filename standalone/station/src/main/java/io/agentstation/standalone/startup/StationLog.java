package io.agentstation.standalone.startup;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import io.agentstation.standalone.failures.StationFailure;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The log of everything that runs in the station's process. */
public final class StationLog {

    private static final String CONFIGURATION = "/io/agentstation/standalone/station-logback.xml";
    private static final String LEVEL = "logging.level.";

    private StationLog() {}

    /**
     * From here on everything is logged to a bounded file in this directory, and little on the console.
     *
     * @param properties of which {@code logging.level.<logger>} are heeded
     */
    public static void configure(Path logs, Map<String, String> properties) {
        // Each service is a Spring application of its own: the last to start would set up logging for all.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        try {
            context.reset();
            context.putProperty("station.logs", logs.toString());
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(StationLog.class.getResource(CONFIGURATION));
        } catch (JoranException e) {
            throw new StationFailure("the log in " + logs + " cannot be written: " + e.getMessage(), e);
        }
        properties.forEach((name, value) -> setLevel(context, name, value));
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** For commands whose output is their only word. */
    public static void silence() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    }

    private static void setLevel(LoggerContext context, String property, String level) {
        if (property.startsWith(LEVEL)) {
            context.getLogger(property.substring(LEVEL.length())).setLevel(Level.toLevel(level, Level.INFO));
        }
    }
}
