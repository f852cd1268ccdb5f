package io.agentstation.contracts.topics;

import io.agentstation.contracts.ids.AgentId;
import java.nio.charset.StandardCharsets;

/** Finds an agent's partition as Kafka's default partitioner does: murmur2 of the key, positive, modulo the count. */
public final class Partitions {

    private static final int SEED = 0x9747b28c;
    private static final int M = 0x5bd1e995;

    private Partitions() {}

    /** The partition of an agent's records. */
    public static int of(AgentId agent, int partitionCount) {
        return (murmur2(agent.toString().getBytes(StandardCharsets.UTF_8)) & 0x7fffffff) % partitionCount;
    }

    /** 32-bit MurmurHash2 (Appleby), with Kafka's seed. */
    static int murmur2(byte[] data) {
        int h = SEED ^ data.length;
        int blocks = data.length / 4;
        for (int i = 0; i < blocks; i++) {
            int k = littleEndianInt(data, i * 4) * M;
            h = (h * M) ^ ((k ^ (k >>> 24)) * M);
        }
        int tail = blocks * 4;
        int rest = data.length - tail;
        if (rest > 0) {
            for (int i = rest - 1; i >= 0; i--) {
                h ^= (data[tail + i] & 0xff) << (8 * i);
            }
            h *= M;
        }
        h = (h ^ (h >>> 13)) * M;
        return h ^ (h >>> 15);
    }

    private static int littleEndianInt(byte[] data, int at) {
        return (data[at] & 0xff)
                | (data[at + 1] & 0xff) << 8
                | (data[at + 2] & 0xff) << 16
                | (data[at + 3] & 0xff) << 24;
    }
}
