package dev.dsync.catalog;

import dev.dsync.source.RelativePath;
import java.time.Instant;
import java.util.Optional;

/**
 * One state of one path, without the list of its chunks.
 *
 * @param path where it is in the synced folder
 * @param kind what it is
 * @param size bytes of content; 0 unless a file
 * @param modified modification time, to the nanosecond; of a deletion, the time it was noticed
 * @param mode POSIX permission bits, 0 to 07777
 * @param sha256 digest of the content; present exactly for files
 * @param link the text of a symbolic link, without half surrogate pairs; present exactly for links
 * @param sequence the commit it appeared in; {@link #UNCOMMITTED} until one carries it
 * @param writer the home that recorded it
 * @param layout how its content is stored; a folder's may be classic, then its one chunk is its record
 */
public record Version(
        RelativePath path,
        VersionKind kind,
        long size,
        Instant modified,
        int mode,
        Optional<Sha256> sha256,
        Optional<String> link,
        long sequence,
        WriterId writer,
        ContentLayout layout) {

    /** The sequence of a version that no commit carries yet: later than every other. */
    public static final long UNCOMMITTED = Long.MAX_VALUE;

    public Version {
        if (size < 0 || kind != VersionKind.FILE && size != 0) {
            throw new IllegalArgumentException("a " + kind + " of " + size + " bytes: " + path);
        }
        if (mode < 0 || mode > 07777) {
            throw new IllegalArgumentException("mode 0" + Integer.toOctalString(mode) + " of " + path);
        }
        if (sha256.isPresent() != (kind == VersionKind.FILE) || link.isPresent() != (kind == VersionKind.SYMLINK)) {
            throw new IllegalArgumentException("a " + kind + " with sha256 " + sha256 + " and link " + link);
        }
        if (layout.classic() && kind != VersionKind.FILE && kind != VersionKind.FOLDER) {
            throw new IllegalArgumentException("a " + kind + " in the classic layout");
        }
        // Found out now, not when a commit is written and nobody knows which file it was.
        link.ifPresent(FieldWriter::utf8);
    }

    /** A version in the packed layout. */
    public Version(
            RelativePath path,
            VersionKind kind,
            long size,
            Instant modified,
            int mode,
            Optional<Sha256> sha256,
            Optional<String> link,
            long sequence,
            WriterId writer) {
        this(path, kind, size, modified, mode, sha256, link, sequence, writer, ContentLayout.PACKED);
    }

    /** Whether it says that the path was deleted. */
    public boolean deleted() {
        return kind == VersionKind.DELETED;
    }

    /** That this path is gone, which {@code by} noticed at that time; no commit carries it yet. */
    public Version gone(Instant noticed, WriterId by) {
        return new Version(
                path, VersionKind.DELETED, 0, noticed, mode, Optional.empty(), Optional.empty(), UNCOMMITTED, by);
    }

    /** The same state of the path once more, recorded by another writer or at another time; no commit carries it yet. */
    public Version again(WriterId by) {
        return new Version(path, kind, size, modified, mode, sha256, link, UNCOMMITTED, by, layout);
    }

    /** The same version, carried by the given commit. */
    public Version at(long newSequence) {
        return new Version(path, kind, size, modified, mode, sha256, link, newSequence, writer, layout);
    }

    /** The same version, its content stored in another way. */
    public Version as(ContentLayout newLayout) {
        return new Version(path, kind, size, modified, mode, sha256, link, sequence, writer, newLayout);
    }
}
