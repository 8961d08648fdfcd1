package dev.dsync.storage;

import java.util.regex.Pattern;

/**
 * The lasting identity of a target, for example {@code file:4k7c…} or {@code discord:112233}: the kind of backend, a
 * colon, and what tells this place from all others of its kind. It stays the same when the place is reached by another
 * path or URL, and it holds no secret.
 */
public record TargetId(String value) implements Comparable<TargetId> {

    private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9]{0,15}:[A-Za-z0-9._-]{1,80}");

    public TargetId {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("target id must match " + VALID + ", was \"" + value + '"');
        }
    }

    /** The kind of backend: what stands before the colon, for example {@code file}. */
    public String kind() {
        return value.substring(0, value.indexOf(':'));
    }

    // Written out, because the ones that Java makes for a record are made at run time, which every start would wait
    // for.
    @Override
    public boolean equals(Object other) {
        return other instanceof TargetId that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(TargetId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
