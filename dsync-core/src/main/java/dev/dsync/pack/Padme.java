package dev.dsync.pack;

/**
 * Sizes that tell little about what is inside: a size is rounded up so that only its highest bits stay, by at most 12 %
 * (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019, algorithm 1).
 */
final class Padme {

    private Padme() {}

    /** The smallest Padmé size that holds {@code size} bytes; {@code size} is positive. */
    static int atLeast(int size) {
        if (size < 2) {
            return size;
        }
        int exponent = floorLog2(size);
        int keptBits = floorLog2(exponent) + 1;
        int mask = (1 << exponent - keptBits) - 1;
        return Math.addExact(size, mask) & ~mask;
    }

    private static int floorLog2(int value) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value);
    }
}
