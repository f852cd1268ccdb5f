package io.agentstation.cluster.objects;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Bytes that are held compressed (RFC 1951): an object of Kubernetes takes a third. Immutable. */
final class Deflated {

    /** One for all: each holds a quarter of a megabyte outside the heap. Guarded by themselves. */
    private static final Deflater DEFLATER = new Deflater(Deflater.BEST_SPEED, true);

    private static final Inflater INFLATER = new Inflater(true);

    private final byte[] held;
    private final int length;

    private Deflated(byte[] held, int length) {
        this.held = held;
        this.length = length;
    }

    static Deflated of(byte[] bytes) {
        // Room for what cannot be compressed: it grows by a few bytes for each block.
        byte[] room = new byte[bytes.length + bytes.length / 1_000 + 64];
        synchronized (DEFLATER) {
            DEFLATER.reset();
            DEFLATER.setInput(bytes);
            DEFLATER.finish();
            return new Deflated(Arrays.copyOf(room, DEFLATER.deflate(room)), bytes.length);
        }
    }

    /** A copy of one's own. */
    byte[] bytes() {
        byte[] bytes = new byte[length];
        synchronized (INFLATER) {
            INFLATER.reset();
            INFLATER.setInput(held);
            try {
                if (INFLATER.inflate(bytes) != length) {
                    throw new IllegalStateException("compressed bytes have become shorter");
                }
            } catch (DataFormatException e) {
                throw new IllegalStateException("compressed bytes have changed", e);
            }
            return bytes;
        }
    }
}
