package dev.dsync.source;

import java.time.Instant;

/**
 * A 64-bit fingerprint of all that a {@link FileMeta} says: kind, size, both times to the nanosecond, permission bits,
 * file key, link target. Two equal stamps of one path: the file is unchanged and need not be read. The time of the last
 * change (ctime) is part of it, so content replaced under an old mtime shows. Of use only on the machine where it was
 * taken; kept in the local catalog, so the way it is computed must not change.
 *
 * <p>Not a cryptographic hash: each field is mixed in by one round of the splitmix64 finisher. Unrelated states of one
 * file collide with probability 2<sup>-64</sup>.
 *
 * @param value the fingerprint; never 0, which stays free to mean that there is none
 */
public record LocalStamp(long value) {

    // Increment and multipliers of splitmix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators").
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final long FIRST_MULTIPLIER = 0xbf58476d1ce4e5b9L;
    private static final long SECOND_MULTIPLIER = 0x94d049bb133111ebL;

    public LocalStamp {
        if (value == 0) {
            throw new IllegalArgumentException("a stamp is never 0");
        }
    }

    static LocalStamp of(FileMeta meta) {
        long hash = mix(0, kindNumber(meta.kind()));
        hash = mix(hash, meta.size());
        hash = mix(hash, meta.mode());
        hash = mix(hash, meta.fileKey());
        hash = mix(hash, meta.modified());
        hash = mix(hash, meta.changed());
        hash = mix(hash, hash(meta.linkTarget().orElse("")));
        return new LocalStamp(hash == 0 ? 1 : hash);
    }

    private static int kindNumber(FileKind kind) {
        return switch (kind) {
            case FILE -> 1;
            case FOLDER -> 2;
            case SYMLINK -> 3;
        };
    }

    /** A 64-bit hash of a text. */
    static long hash(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash, text.charAt(i));
        }
        return hash;
    }

    private static long mix(long hash, Instant time) {
        return mix(mix(hash, time.getEpochSecond()), time.getNano());
    }

    private static long mix(long hash, long field) {
        // Multiplied before the field comes in, so that the same two fields in the other order give another hash.
        long z = hash * FIRST_MULTIPLIER + GOLDEN_GAMMA ^ field;
        z = (z ^ z >>> 30) * FIRST_MULTIPLIER;
        z = (z ^ z >>> 27) * SECOND_MULTIPLIER;
        return z ^ z >>> 31;
    }
}
