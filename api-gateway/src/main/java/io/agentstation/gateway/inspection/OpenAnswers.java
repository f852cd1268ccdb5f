package io.agentstation.gateway.inspection;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** The answers that are being passed on; when this gateway stops they break off, or its orderly end would wait for them. */
final class OpenAnswers {

    private static final Logger log = LoggerFactory.getLogger(OpenAnswers.class);

    private final Set<InputStream> open = ConcurrentHashMap.newKeySet();

    void add(InputStream answer) {
        open.add(answer);
    }

    void remove(InputStream answer) {
        open.remove(answer);
    }

    @EventListener(ContextClosedEvent.class)
    void breakOff() {
        for (InputStream answer : open) {
            try {
                answer.close();
            } catch (IOException e) {
                log.atDebug().log("An answer was broken off already", e);
            }
        }
    }
}
