package dev.dsync.pipeline.tidy;

import dev.dsync.chunk.ChunkId;
import java.nio.ByteBuffer;

/**
 * A set of chunks that holds 8 bytes of each, 12 to 24 with the room it needs: 16 MB for a terabyte of data. Two chunks
 * that share these bytes count as one: with ten million chunks that happens once in 400,000 vaults, and then a chunk is
 * kept for nothing.
 */
final class ChunkSet {

    private static final int FIRST_SLOTS = 1 << 10;
    private static final long EMPTY = 0;

    private long[] slots = new long[FIRST_SLOTS];
    private int size;

    /** Adds the chunk; says whether it was not there. */
    boolean add(ChunkId chunk) {
        if (size * 3L > slots.length * 2L) {
            grow();
        }
        return put(slots, key(chunk));
    }

    boolean contains(ChunkId chunk) {
        long key = key(chunk);
        int at = slot(slots, key);
        while (slots[at] != EMPTY) {
            if (slots[at] == key) {
                return true;
            }
            at = at + 1 & slots.length - 1;
        }
        return false;
    }

    /** How many there are. */
    int size() {
        return size;
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(slots.length, 2)];
        size = 0;
        for (long key : slots) {
            if (key != EMPTY) {
                put(larger, key);
            }
        }
        slots = larger;
    }

    private boolean put(long[] into, long key) {
        int at = slot(into, key);
        while (into[at] != EMPTY) {
            if (into[at] == key) {
                return false;
            }
            at = at + 1 & into.length - 1;
        }
        into[at] = key;
        size++;
        return true;
    }

    private static int slot(long[] slots, long key) {
        return (int) (key >>> 32) & slots.length - 1;
    }

    private static long key(ChunkId chunk) {
        long key = ByteBuffer.wrap(chunk.toBytes()).getLong();
        return key == EMPTY ? 1 : key;
    }
}
