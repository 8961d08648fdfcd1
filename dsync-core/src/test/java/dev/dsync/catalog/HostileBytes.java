package dev.dsync.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Bytes that were right once. Whatever is done to them, reading them succeeds or fails as malformed: never with another
 * exception, and never by taking all memory.
 */
final class HostileBytes {

    private static final List<byte[]> ODD_NUMBERS = List.of(
            new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07},
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, 0x7f},
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 0x01},
            new byte[] {(byte) 0x80, 0x00},
            new byte[] {(byte) 0x80, (byte) 0x80, 0x04},
            new byte[] {0x00});

    /**
     * Of longer bytes, so many places are tried, the same each time: most of them lie within ids and digests, where one is
     * like the next.
     */
    private static final int MOST_PLACES = 1_500;

    /** Reads bytes. */
    interface Reading {
        void read(byte[] bytes) throws MalformedCatalogException;
    }

    private final byte[] good;
    private final Reading reading;

    HostileBytes(byte[] good, Reading reading) {
        this.good = good;
        this.reading = reading;
    }

    /** Cut off anywhere; returns how many of these could be read. */
    int cutOff() {
        int read = 0;
        for (int length : places()) {
            read += isReadable(Arrays.copyOf(good, length), "the first " + length + " bytes") ? 1 : 0;
        }
        return read;
    }

    /** Each number anywhere replaced by one that is too large, too long or zero. */
    void oddNumbers() {
        for (int at : places()) {
            for (byte[] number : ODD_NUMBERS) {
                byte[] bytes = Arrays.copyOf(good, good.length + number.length - 1);
                System.arraycopy(number, 0, bytes, at, number.length);
                System.arraycopy(good, at + 1, bytes, at + number.length, good.length - at - 1);
                isReadable(bytes, "number of " + number.length + " bytes at " + at);
            }
        }
    }

    private int[] places() {
        return good.length <= MOST_PLACES
                ? IntStream.range(0, good.length).toArray()
                : new Random(good.length)
                        .ints(0, good.length)
                        .distinct()
                        .limit(MOST_PLACES)
                        .toArray();
    }

    /** Some bits flipped, some bytes replaced. */
    void flips(long seed, int times) {
        Random random = new Random(seed);
        for (int i = 0; i < times; i++) {
            byte[] bytes = good.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            isReadable(bytes, "try " + i + " of seed " + seed);
        }
    }

    private boolean isReadable(byte[] bytes, String what) {
        try {
            reading.read(bytes);
            return true;
        } catch (MalformedCatalogException e) {
            assertThat(e.getMessage()).as(what).containsAnyOf(" is malformed near byte ", " ends in the middle of ");
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what + ": " + e, e);
        }
    }
}
