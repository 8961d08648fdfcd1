package dev.dsync.catalog;

import java.time.Instant;

/**
 * One commit as history remembers it.
 *
 * @param sequence 1 for the first, then one more each time
 * @param writer the home that made it
 * @param time when, by that home's clock
 * @param hash SHA-256 of the sealed commit
 */
public record CommitInfo(long sequence, WriterId writer, Instant time, Sha256 hash) {

    public CommitInfo {
        if (sequence < 1) {
            throw new IllegalArgumentException("commit sequence " + sequence);
        }
    }
}
