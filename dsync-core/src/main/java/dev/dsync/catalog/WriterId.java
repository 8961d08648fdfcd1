package dev.dsync.catalog;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Who writes: one home. 16 lower-case hexadecimal digits, drawn at random when the home first writes. */
public record WriterId(String value) implements Comparable<WriterId> {

    private static final Pattern VALID = Pattern.compile("[0-9a-f]{16}");

    public WriterId {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("writer id must match " + VALID + ", was \"" + value + '"');
        }
    }

    /** A new writer. */
    public static WriterId random(RandomGenerator random) {
        return new WriterId(String.format("%016x", random.nextLong()));
    }

    /** The writer whose id has the given 64 bits. */
    public static WriterId of(long bits) {
        return new WriterId(String.format("%016x", bits));
    }

    /** The id as 64 bits. */
    public long bits() {
        return Long.parseUnsignedLong(value, 16);
    }

    // Written out, as the ones that Java makes for a record are made at run time, which takes longer than to list a
    // folder.
    @Override
    public boolean equals(Object other) {
        return other instanceof WriterId that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(WriterId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
