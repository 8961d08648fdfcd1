package dev.dsync.catalog;

import java.time.Instant;

/**
 * One commit as history remembers it.
 *
 * @param sequence 1 for the first, then higher than that of any commit its writer had heard of: mostly one more
 * @param writer the home that made it
 * @param time when, by that home's clock
 * @param hash SHA-256 of the sealed commit
 */
public record CommitInfo(long sequence, WriterId writer, Instant time, Sha256 hash) {

    /** No vault gets so far; what comes after must stay below {@link Version#UNCOMMITTED}. */
    private static final long MAX_SEQUENCE = 1L << 62;

    public CommitInfo {
        requireSequence(sequence);
    }

    static void requireSequence(long sequence) {
        if (sequence < 1 || sequence > MAX_SEQUENCE) {
            throw new IllegalArgumentException("commit sequence " + sequence);
        }
    }
}
