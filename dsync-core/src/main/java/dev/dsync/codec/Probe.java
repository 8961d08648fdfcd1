package dev.dsync.codec;

import java.nio.ByteBuffer;

/**
 * A cheap guess, from samples spread over a chunk, whether it will shrink. Wrong only on content that repeats itself
 * farther apart than a sample is long and is random otherwise, or that shrinks between the samples alone. Safe for use
 * by many threads.
 */
final class Probe {

    /** Chunks up to this size are worth trying at once. */
    private static final int SMALL_BYTES = 64 << 10;

    private static final int SAMPLES = 16;
    private static final int SAMPLE_BYTES = 4 << 10;

    /** Of 8 bits a byte. Text has 4 to 5, programs 6; samples of this size of random bytes have 7.99. */
    private static final double SURELY_SHRINKS_BITS = 7.0;

    /** What must be saved of the samples, as a fraction: 1/64. */
    private static final int MIN_SAVING = 64;

    private final Codec fast = new ZstdCodec(1);

    /** Whether {@code plain} is worth the time of a real attempt. */
    boolean isPromising(ByteBuffer plain) {
        if (plain.remaining() <= SMALL_BYTES) {
            return plain.hasRemaining();
        }
        byte[] samples = samples(plain);
        if (bitsPerByte(samples) < SURELY_SHRINKS_BITS) {
            return true;
        }
        int encoded = fast.encode(ByteBuffer.wrap(samples)).remaining();
        return encoded < samples.length - samples.length / MIN_SAVING;
    }

    private static byte[] samples(ByteBuffer plain) {
        byte[] samples = new byte[SAMPLES * SAMPLE_BYTES];
        long lastStart = (long) plain.remaining() - SAMPLE_BYTES;
        for (int i = 0; i < SAMPLES; i++) {
            int start = plain.position() + (int) (lastStart * i / (SAMPLES - 1));
            plain.get(start, samples, i * SAMPLE_BYTES, SAMPLE_BYTES);
        }
        return samples;
    }

    /** The entropy of single bytes: what any coding of one byte after the other needs. */
    private static double bitsPerByte(byte[] sample) {
        int[] counts = new int[256];
        for (byte value : sample) {
            counts[value & 0xff]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                bits -= count * Math.log((double) count / sample.length);
            }
        }
        return bits / Math.log(2) / sample.length;
    }
}
