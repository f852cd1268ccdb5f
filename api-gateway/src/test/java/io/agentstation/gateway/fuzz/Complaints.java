package io.agentstation.gateway.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears everything that the server logs as an error, or as a warning with a stack trace, until it is closed. */
final class Complaints extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final ch.qos.logback.classic.Logger root =
            ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);

    Complaints() {
        setContext(root.getLoggerContext());
        start();
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        boolean hasTrace = event.getThrowableProxy() != null && event.getLevel().isGreaterOrEqual(Level.WARN);
        if (hasTrace || event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            heard.add(event.getLoggerName() + ": " + event.getFormattedMessage() + " "
                    + (event.getThrowableProxy() == null
                            ? ""
                            : event.getThrowableProxy().getMessage()));
        }
    }

    List<String> heard() {
        return heard;
    }

    @Override
    public void close() {
        root.detachAppender(this);
    }
}
