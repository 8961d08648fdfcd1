package dev.dsync.chunk;

import java.nio.ByteBuffer;

/**
 * Bytes that look random and are the same everywhere, for ever, so that tests can pin what is made of them: SplitMix64
 * (Steele, Lea, Flood, OOPSLA 2014), each number written as 8 bytes, big-endian.
 */
public final class PinnedBytes {

    private PinnedBytes() {}

    /** The first {@code length} bytes of the stream that starts with {@code seed}. */
    public static byte[] of(long seed, int length) {
        ByteBuffer numbers = ByteBuffer.allocate((length + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        long state = seed;
        while (numbers.hasRemaining()) {
            state += 0x9E3779B97F4A7C15L;
            long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
            numbers.putLong(mixed ^ mixed >>> 31);
        }
        byte[] bytes = new byte[length];
        numbers.get(0, bytes);
        return bytes;
    }
}
