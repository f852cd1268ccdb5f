package io.agentstation.cluster.objects;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Bytes that are held compressed (RFC 1951), beside others of their kind: objects of one kind differ by little more than names
 * and times. Immutable.
 */
final class Deflated {

    /** One for all: each holds a quarter of a megabyte outside the heap. Guarded by themselves. */
    private static final Deflater DEFLATER = new Deflater(Deflater.BEST_SPEED, true);

    private static final Inflater INFLATER = new Inflater(true);

    private final byte[] dictionary;
    private final byte[] held;
    private final int length;

    private Deflated(byte[] dictionary, byte[] held, int length) {
        this.dictionary = dictionary;
        this.held = held;
        this.length = length;
    }

    /** @param dictionary what the bytes are likely to repeat, of which the last 32 KiB count; kept, not copied */
    static Deflated of(byte[] bytes, byte[] dictionary) {
        // Room for what cannot be compressed: it grows by a few bytes for each block.
        byte[] room = new byte[bytes.length + bytes.length / 1_000 + 64];
        synchronized (DEFLATER) {
            DEFLATER.reset();
            DEFLATER.setDictionary(dictionary);
            DEFLATER.setInput(bytes);
            DEFLATER.finish();
            return new Deflated(dictionary, Arrays.copyOf(room, DEFLATER.deflate(room)), bytes.length);
        }
    }

    /** How much of the heap is taken by what no other holds. */
    int size() {
        return held.length;
    }

    /** A copy of one's own. */
    byte[] bytes() {
        byte[] bytes = new byte[length];
        synchronized (INFLATER) {
            INFLATER.reset();
            INFLATER.setDictionary(dictionary);
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
