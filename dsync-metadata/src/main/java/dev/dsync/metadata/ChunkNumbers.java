package dev.dsync.metadata;

import java.sql.SQLException;
import java.util.Arrays;

/**
 * How a version names its chunks: by their numbers, each as the difference to the one before (to 0 for the first),
 * zigzag-coded and written as a varint, 7 bits a byte, lowest first, the high bit set on all but the last. Chunks that
 * were stored one after the other so take a byte each.
 */
final class ChunkNumbers {

    private static final int MOST_BYTES = 10;

    private byte[] bytes = new byte[MOST_BYTES];
    private int length;
    private long last;

    /** Appends a number. */
    void add(long number) {
        if (bytes.length - length < MOST_BYTES) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + MOST_BYTES));
        }
        long difference = number - last;
        long rest = difference << 1 ^ difference >> 63;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        last = number;
    }

    /** The numbers appended so far, encoded. */
    byte[] encoded() {
        return Arrays.copyOf(bytes, length);
    }

    /**
     * The numbers in {@code encoded}.
     *
     * @throws SQLException if it ends within a number
     */
    static long[] decode(byte[] encoded) throws SQLException {
        long[] numbers = new long[count(encoded)];
        int at = 0;
        long last = 0;
        for (int i = 0; i < numbers.length; i++) {
            long rest = 0;
            int shift = 0;
            byte next;
            do {
                next = encoded[at++];
                rest |= (next & 0x7fL) << shift;
                shift += 7;
            } while (next < 0);
            last += rest >>> 1 ^ -(rest & 1);
            numbers[i] = last;
        }
        return numbers;
    }

    private static int count(byte[] encoded) throws SQLException {
        int count = 0;
        for (byte next : encoded) {
            if (next >= 0) {
                count++;
            }
        }
        if (encoded.length > 0 && encoded[encoded.length - 1] < 0) {
            throw DatabaseFile.corrupt("a list of chunks ends within a number");
        }
        return count;
    }
}
