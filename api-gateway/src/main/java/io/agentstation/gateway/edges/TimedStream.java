package io.agentstation.gateway.edges;

import io.agentstation.store.session.Deadline;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;

/** A body that must be read to its end by a moment; one that is not ends in {@link BodyTooSlow}. */
final class TimedStream extends ServletInputStream {

    private final ServletInputStream body;
    private final long deadline;

    TimedStream(ServletInputStream body, long deadline) {
        this.body = body;
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        return inTime(() -> body.read());
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        return inTime(() -> body.read(into, from, length));
    }

    @FunctionalInterface
    private interface Reading {
        int bytes() throws IOException;
    }

    private int inTime(Reading reading) throws IOException {
        long began = System.nanoTime();
        int read = reading.bytes();
        // The client was waited for.
        Deadline.current().extend(Duration.ofNanos(System.nanoTime() - began));
        if (read >= 0 && System.nanoTime() - deadline > 0) {
            throw new BodyTooSlow("the body of a request took too long");
        }
        return read;
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }
}
