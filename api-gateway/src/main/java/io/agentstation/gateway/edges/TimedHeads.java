package io.agentstation.gateway.edges;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP, with an end to how long a request's head may take. Tomcat itself only bounds the pause between two bytes: a
 * client that sends one every few seconds keeps its connection for as long as it likes, and 8,192 of them are all there are.
 * They hold no thread while they wait, so they are looked for a few times within the bound.
 */
public final class TimedHeads extends Http11NioProtocol {

    private static final long LOOKS = 4;
    private static final long NOT_BEGUN = -1;

    private Duration headWithin = Duration.ofSeconds(10);
    private @Nullable ScheduledFuture<?> looking;

    void setHeadWithin(Duration headWithin) {
        this.headWithin = headWithin;
    }

    @Override
    public void start() throws Exception {
        super.start();
        long every = Math.max(1, headWithin.toMillis() / LOOKS);
        looking = getUtilityExecutor().scheduleWithFixedDelay(this::cutSlow, every, every, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (looking != null) {
            looking.cancel(false);
        }
        super.stop();
    }

    private void cutSlow() {
        long now = System.nanoTime();
        for (SocketWrapperBase<?> connection : getEndpoint().getConnections()) {
            // One that is being worked on, or between two requests, has no processor here.
            if (connection.getCurrentProcessor() instanceof AbstractProcessor processor && isSlow(processor, now)) {
                connection.close();
            }
        }
    }

    /** A processor that waits has a request whose head is not complete, or one that is answered later (asynchronously). */
    private boolean isSlow(AbstractProcessor waiting, long now) {
        long began = waiting.getRequest().getStartTimeNanos();
        return !waiting.isAsync() && began != NOT_BEGUN && now - began > headWithin.toNanos();
    }
}
