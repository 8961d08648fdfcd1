package dev.dsync.key;

/**
 * How dear one guess at a passphrase is: what Argon2id is run with. The limits keep a forged file from making the key
 * cheap to guess or from using up the machine; they are checked before any memory is taken.
 *
 * @param passes how often the memory is gone over (t)
 * @param memoryKib how much memory, in KiB (m)
 * @param lanes how many parts of it can be worked on at once (p)
 */
record PassphraseCost(int passes, int memoryKib, int lanes) {

    private static final int MIN_PASSES = 3;
    private static final int MAX_PASSES = 20;
    private static final int MIN_MEMORY_KIB = 64 * 1024;
    private static final int MAX_MEMORY_KIB = 1024 * 1024;
    private static final int MIN_LANES = 1;
    private static final int MAX_LANES = 16;

    /** The second recommendation of RFC 9106, section 4: for where memory is scarce. */
    static final PassphraseCost DEFAULT = new PassphraseCost(3, 64 * 1024, 4);

    PassphraseCost {
        check("t (passes)", passes, MIN_PASSES, MAX_PASSES);
        check("m (KiB of memory)", memoryKib, MIN_MEMORY_KIB, MAX_MEMORY_KIB);
        check("p (lanes)", lanes, MIN_LANES, MAX_LANES);
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", was " + value);
        }
    }

    /** How much memory, in bytes. */
    long memoryBytes() {
        return memoryKib * 1024L;
    }
}
