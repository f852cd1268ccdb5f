package io.agentstation.benchmarks.reads;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Reads a stream as a slow client does: a pause after each 64 kB. */
final class PacedInput extends FilterInputStream {

    private static final int PIECE = 64 * 1024;

    private final long pauseNanos;
    private long bytes;
    private long nextPause = PIECE;

    PacedInput(InputStream in, int pauseMs) {
        super(in);
        this.pauseNanos = Duration.ofMillis(pauseMs).toNanos();
    }

    long bytes() {
        return bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        bytes += Math.max(0, read);
        if (pauseNanos > 0 && bytes >= nextPause) {
            LockSupport.parkNanos(pauseNanos);
            nextPause = bytes + PIECE;
        }
        return read;
    }
}
