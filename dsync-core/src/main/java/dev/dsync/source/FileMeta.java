package dev.dsync.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the file system knows of one file, folder or symbolic link at one moment.
 *
 * @param size length of a file in bytes; 0 for a folder or a link
 * @param modified when the content was last written, as finely as the file system knows (mtime)
 * @param mode POSIX permission bits, 0 to 07777; 0644, 0755 for folders, 0777 for links where there are none
 * @param linkTarget the text of a link; empty for all others
 * @param fileKey what tells this file from another that took its place: the inode number, or a hash of what the
 *     platform has instead. Means nothing on another machine
 * @param changed when anything about the file last changed, permissions and renames included (ctime). No program can
 *     set it. Where the platform has none, the same as {@code modified}
 */
public record FileMeta(
        FileKind kind,
        long size,
        Instant modified,
        int mode,
        Optional<String> linkTarget,
        long fileKey,
        Instant changed) {

    /** FAT counts in steps of 2 s, ext3 and HFS+ of 1 s. Two writes within one step leave the same time. */
    private static final Duration COARSE_CLOCK_STEP = Duration.ofSeconds(2);

    /** Where times have fractions of a second, they advance with the kernel's timer: at least 100 times a second. */
    private static final Duration FINE_CLOCK_STEP = Duration.ofMillis(50);

    private static final int ALL_MODE_BITS = 07777;

    public FileMeta {
        if (size < 0 || kind != FileKind.FILE && size != 0) {
            throw new IllegalArgumentException("a " + kind + " cannot have " + size + " bytes");
        }
        if ((mode & ~ALL_MODE_BITS) != 0) {
            throw new IllegalArgumentException("mode must be 0 to 07777, was 0" + Integer.toOctalString(mode));
        }
        if (linkTarget.isPresent() != (kind == FileKind.SYMLINK)) {
            throw new IllegalArgumentException("links and only links have a target");
        }
    }

    /** The fingerprint of all this. */
    public LocalStamp stamp() {
        return LocalStamp.of(this);
    }

    /**
     * Whether the file had rested for a while when this was seen at {@code seenAt}. If not, a later write may fall into
     * the same step of the file system's clock and leave the same {@link #stamp()}: then the stamp must not be
     * remembered as proof that the content is known.
     */
    public boolean settledAt(Instant seenAt) {
        boolean fine = changed.getNano() != 0;
        return changed.isBefore(seenAt.minus(fine ? FINE_CLOCK_STEP : COARSE_CLOCK_STEP));
    }
}
