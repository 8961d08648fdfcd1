package dev.dsync.chunk;

import dev.dsync.key.MacKey;
import dev.dsync.key.SecretBytes;
import java.nio.ByteBuffer;

/**
 * Cuts where the content says so: FastCDC with normalisation level 2 (Xia et al., USENIX ATC 2016). Chunks have
 * 262,144 to 4,194,304 bytes, about 1,048,576 of them (2<sup>20</sup>) as a rule; the last of a file may be shorter.
 * The table behind the cuts comes from a key, so that the sizes of chunks do not betray known files.
 *
 * <pre>
 * gear[b]   = the first 8 bytes, as a big-endian number, of HMAC-SHA256(key, the single byte b), for b = 0..255
 * mask(n)   = n one bits, the highest of them bit 62:  ((1 &lt;&lt; n) - 1) &lt;&lt; (63 - n)
 *
 * length of the chunk that starts at byte 0 of n more bytes of file (64-bit arithmetic, overflow dropped):
 *   if n &lt;= 262,144: n
 *   h = 0
 *   for i from 262,144 to min(n, 4,194,304) - 1:
 *     h = (h &lt;&lt; 1) + gear[byte i]
 *     bits = 22 if i &lt; 1,048,576, else 18
 *     if h AND mask(bits) = 0: i + 1
 *   min(n, 4,194,304)
 * </pre>
 */
public final class FastCdcChunker implements Chunker {

    private static final int MIN_BYTES = 256 << 10;
    private static final int AVERAGE_BYTES = 1 << 20;
    private static final int MAX_BYTES = 4 << 20;

    /** By how many bits a cut is made less likely before the average, and more likely after it. */
    private static final int NORMALISATION = 2;

    private static final int BYTE_VALUES = 256;

    private final long[] gear;
    /** {@code gear} shifted left by one: what the first byte of a pair adds to a hash that is shifted for both at once. */
    private final long[] doubledGear;

    private final int min;
    private final int average;
    private final int max;
    private final long strictMask;
    private final long looseMask;

    FastCdcChunker(SecretBytes gearKey, int min, int average, int max) {
        if (min < 2 || min % 2 != 0 || min >= average || Integer.bitCount(average) != 1 || average >= max) {
            throw new IllegalArgumentException("chunk sizes must rise, the smallest even, the average a power of two: "
                    + min + ", " + average + ", " + max);
        }
        int averageBits = Integer.numberOfTrailingZeros(average);
        this.gear = gear(gearKey);
        this.doubledGear = new long[BYTE_VALUES];
        for (int value = 0; value < BYTE_VALUES; value++) {
            doubledGear[value] = gear[value] << 1;
        }
        this.min = min;
        this.average = average;
        this.max = max;
        this.strictMask = mask(averageBits + NORMALISATION);
        this.looseMask = mask(averageBits - NORMALISATION);
    }

    /** The chunker of the vault that {@code gearKey} belongs to; the key stays the caller's, who may close it right after. */
    public static FastCdcChunker keyed(SecretBytes gearKey) {
        return new FastCdcChunker(gearKey, MIN_BYTES, AVERAGE_BYTES, MAX_BYTES);
    }

    private static long[] gear(SecretBytes key) {
        MacKey mac = new MacKey(key);
        long[] gear = new long[BYTE_VALUES];
        for (int value = 0; value < BYTE_VALUES; value++) {
            gear[value] =
                    ByteBuffer.wrap(mac.mac(new byte[] {(byte) value}, 0, 1)).getLong();
        }
        return gear;
    }

    /** Bit 63 stays clear: {@link #cutArray} tests after the first byte of a pair with the mask shifted left by one. */
    private static long mask(int bits) {
        return ((1L << bits) - 1) << (Long.SIZE - 1 - bits);
    }

    @Override
    public int maxChunkSize() {
        return max;
    }

    @Override
    public int cut(ByteBuffer window) {
        if (!window.hasRemaining()) {
            throw new IllegalArgumentException("nothing to cut: the window is empty");
        }
        int length = Math.min(window.remaining(), max);
        return window.hasArray()
                ? cutArray(window.array(), window.arrayOffset() + window.position(), length)
                : cutBuffer(window, length);
    }

    /** Two bytes a step, a quarter faster than one: the shift of the second byte costs nothing. */
    private int cutArray(byte[] bytes, int start, int length) {
        long[] second = gear;
        long[] first = doubledGear;
        long strict = strictMask;
        long loose = looseMask;
        long hash = 0;
        int at = min;
        // A last odd byte is never looked at: the chunk ends behind it anyway.
        for (int end = Math.min(average, length) - 1; at < end; at += 2) {
            hash = (hash << 2) + first[bytes[start + at] & 0xff];
            if ((hash & strict << 1) == 0) {
                return at + 1;
            }
            hash += second[bytes[start + at + 1] & 0xff];
            if ((hash & strict) == 0) {
                return at + 2;
            }
        }
        for (int end = length - 1; at < end; at += 2) {
            hash = (hash << 2) + first[bytes[start + at] & 0xff];
            if ((hash & loose << 1) == 0) {
                return at + 1;
            }
            hash += second[bytes[start + at + 1] & 0xff];
            if ((hash & loose) == 0) {
                return at + 2;
            }
        }
        return length;
    }

    /** The same cuts for windows outside the heap, slower. */
    private int cutBuffer(ByteBuffer window, int length) {
        int start = window.position();
        long hash = 0;
        for (int at = min; at < length; at++) {
            hash = (hash << 1) + gear[window.get(start + at) & 0xff];
            if ((hash & (at < average ? strictMask : looseMask)) == 0) {
                return at + 1;
            }
        }
        return length;
    }
}
