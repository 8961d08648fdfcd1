package dev.dsync.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * A path inside the synced folder: Unicode names joined by '/', the same on every platform. The folder itself is
 * {@link #ROOT}, the empty path. No name is empty, "." or ".."; none holds a NUL or half a surrogate pair; so joined
 * to a folder a path never leads out of it. Immutable.
 *
 * <p>The order is that of a walk down the tree: names compare by code point (which is the order of their UTF-8 bytes),
 * and '/' comes before every other character, so what a folder holds follows right after the folder itself.
 */
public record RelativePath(String value) implements Comparable<RelativePath> {

    /** The synced folder itself. */
    public static final RelativePath ROOT = new RelativePath("");

    /** The longest name in bytes of UTF-8. File systems stop at 255 units; in UTF-8 such names take up to 1020. */
    public static final int MAX_NAME_BYTES = 1024;

    /** The longest path in bytes of UTF-8. */
    public static final int MAX_BYTES = 32 * 1024;

    private static final char SEPARATOR = '/';

    public RelativePath {
        check(value);
    }

    /** In one go and without copies: every path of every walk comes through here. */
    private static void check(String value) {
        int nameStart = 0;
        int nameStartBytes = 0;
        int bytes = 0;
        int codePoint;
        for (int i = 0; i < value.length(); i += Character.charCount(codePoint)) {
            codePoint = value.charAt(i);
            if (codePoint < 0x80 && codePoint != SEPARATOR && codePoint != 0) {
                bytes++;
                continue;
            }
            codePoint = value.codePointAt(i);
            bytes += checkedUtf8Bytes(codePoint);
            if (codePoint == SEPARATOR) {
                checkName(value, nameStart, i, bytes - 1 - nameStartBytes);
                nameStart = i + 1;
                nameStartBytes = bytes;
            }
        }
        if (!value.isEmpty()) {
            checkName(value, nameStart, value.length(), bytes - nameStartBytes);
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("a path has at most " + MAX_BYTES + " bytes, got " + bytes);
        }
    }

    private static void checkName(String value, int start, int end, int bytes) {
        int length = end - start;
        if (length == 0 || length <= 2 && value.startsWith("..".substring(0, length), start)) {
            throw new IllegalArgumentException("a path cannot hold the name \"" + value.substring(start, end) + '"');
        }
        if (bytes > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("a name has at most " + MAX_NAME_BYTES + " bytes, got " + bytes);
        }
    }

    private static int checkedUtf8Bytes(int codePoint) {
        if (codePoint == 0) {
            throw new IllegalArgumentException("a path cannot hold a NUL character");
        }
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            throw new IllegalArgumentException("a path cannot hold half a surrogate pair");
        }
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 3 : 4;
    }

    /**
     * The path with these names; "" is {@link #ROOT}.
     *
     * @throws IllegalArgumentException if it is not a path as described above
     */
    public static RelativePath of(String value) {
        return value.isEmpty() ? ROOT : new RelativePath(value);
    }

    /** Whether this is the synced folder itself. */
    public boolean isRoot() {
        return value.isEmpty();
    }

    /** The last name; empty for {@link #ROOT}. */
    public String name() {
        return value.substring(value.lastIndexOf(SEPARATOR) + 1);
    }

    /** All names, outermost first; none for {@link #ROOT}. */
    public List<String> names() {
        return isRoot() ? List.of() : List.of(value.split("/", -1));
    }

    /**
     * The folder that holds this.
     *
     * @throws IllegalStateException for {@link #ROOT}
     */
    public RelativePath parent() {
        if (isRoot()) {
            throw new IllegalStateException("the synced folder has no parent");
        }
        return of(value.substring(0, Math.max(0, value.lastIndexOf(SEPARATOR))));
    }

    /**
     * What has this name in this folder.
     *
     * @throws IllegalArgumentException if {@code name} is not one valid name, or the path gets too long
     */
    public RelativePath resolve(String name) {
        if (name.isEmpty() || name.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException("not one name: \"" + name + '"');
        }
        return new RelativePath(isRoot() ? name : value + SEPARATOR + name);
    }

    /** Whether this is {@code folder} or lies anywhere beneath it. */
    public boolean startsWith(RelativePath folder) {
        return folder.isRoot()
                || value.startsWith(folder.value)
                        && (value.length() == folder.value.length()
                                || value.charAt(folder.value.length()) == SEPARATOR);
    }

    /**
     * Where this lies if the synced folder is {@code root}. Always within {@code root}, if no link leads out of it.
     *
     * @throws InvalidPathException if this platform cannot hold one of the names
     */
    public Path under(Path root) {
        Path place = root.toAbsolutePath();
        for (String name : names()) {
            place = child(place, name);
        }
        return place;
    }

    static Path child(Path folder, String name) {
        Path child = folder.resolve(name);
        // Elsewhere a name may hold what is a separator or a drive here ("a\b", "C:").
        if (!name.equals(String.valueOf(child.getFileName())) || child.getNameCount() != folder.getNameCount() + 1) {
            throw new InvalidPathException(name, "not a single name on this platform");
        }
        return child;
    }

    // Written out, as the ones that Java makes for a record are made at run time, which takes longer than to list a
    // folder.
    @Override
    public boolean equals(Object other) {
        return other instanceof RelativePath that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(RelativePath other) {
        return compare(value, other.value);
    }

    /** Compares two paths, or two names, in the order of this class. */
    static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return Integer.compare(rank(a.charAt(i)), rank(b.charAt(i)));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Surrogates stand for code points above all others, so they move behind U+FFFF. */
    private static int rank(char c) {
        if (c == SEPARATOR) {
            return -1;
        }
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }

    @Override
    public String toString() {
        return value;
    }
}
