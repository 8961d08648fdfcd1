package dev.dsync.catalog;

import dev.dsync.source.RelativePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** States of paths: what they are, what they were, what this home last saw of them. */
public interface Versions {

    /**
     * The newest version of a path, and the stamp this home last saw it with.
     *
     * @param stamp fingerprint of size, times and file key when this home last found the path to hold what it then
     *     recorded; empty if this home never saw it
     */
    record Known(Version version, OptionalLong stamp) {}

    /** One path in a listing: the version asked for, its number among the path's versions, and how many there are. */
    record Listed(Version version, int number, int versions) {}

    /** Which paths a listing takes in. */
    enum Scope {
        /** Paths that exist. */
        LIVE,
        /** Paths that exist, and those that were deleted, with the version before the deletion. */
        WITH_DELETED
    }

    /** The newest versions of all paths directly in a folder, deleted ones included, in the order of their names. */
    Map<String, Known> children(RelativePath folder);

    /** The newest version of a path. */
    Optional<Known> newest(RelativePath path);

    /**
     * Records a new version of its path, not committed yet ({@link Version#UNCOMMITTED}); an uncommitted version of the
     * same path is replaced.
     *
     * @param stamp what this home saw; empty for a deletion or for what this home does not hold
     * @throws IllegalArgumentException if it has a sequence already, or a chunk lies in no recorded pack
     */
    void record(Version version, ChunkList chunks, OptionalLong stamp);

    /** Takes a version out of the catalog; the one before it, if any, takes its place. Does nothing if it is not there. */
    void remove(Version version);

    /** Remembers what this home saw of a path that holds what the catalog says; empty forgets it. */
    void saw(RelativePath path, OptionalLong stamp);

    /** All paths at and below {@code folder} that exist, newest versions, in tree order. */
    Cursor<Known> liveBelow(RelativePath folder);

    /**
     * The tree as it was with commit {@code sequence} ({@link Version#UNCOMMITTED}: as it is now): all paths at and below
     * {@code from}, in tree order.
     */
    Cursor<Listed> tree(RelativePath from, long sequence, Scope scope);

    /**
     * One folder of the tree as it was with commit {@code sequence} ({@link Version#UNCOMMITTED}: as it is now): the
     * paths directly in it, in the order of their names. Reads no more than the folder, however much lies beneath.
     */
    List<Listed> folder(RelativePath folder, long sequence, Scope scope);

    /** Whether any version but deletions is kept that appeared with commit {@code sequence} or before it. */
    default boolean reachBackTo(long sequence) {
        try (Cursor<Listed> tree = tree(RelativePath.ROOT, sequence, Scope.WITH_DELETED)) {
            return tree.hasNext();
        }
    }

    /** The commit with which the oldest version that is kept appeared; empty if no commit carries any. Looks at all. */
    default OptionalLong oldest() {
        long oldest = Version.UNCOMMITTED;
        try (Cursor<Listed> tree = tree(RelativePath.ROOT, Version.UNCOMMITTED, Scope.WITH_DELETED)) {
            while (tree.hasNext()) {
                Listed listed = tree.next();
                Version first = listed.versions() == 1
                        ? listed.version()
                        : history(listed.version().path()).get(0);
                oldest = Math.min(oldest, first.sequence());
            }
        }
        return oldest == Version.UNCOMMITTED ? OptionalLong.empty() : OptionalLong.of(oldest);
    }

    /** The version of one path that held with commit {@code sequence}, a deletion included. */
    Optional<Version> at(RelativePath path, long sequence);

    /**
     * Every version of a path, oldest first: the list's index is the version's number less one. Of two writers' versions
     * with the same sequence the one of the lower writer comes first.
     */
    List<Version> history(RelativePath path);

    /**
     * The chunks of a version, in file order.
     *
     * @throws IllegalArgumentException if the version is not recorded
     */
    ChunkList chunks(Version version);

    /** Totals over the newest versions. */
    Totals totals();

    /**
     * What the newest versions come to.
     *
     * @param files files that exist
     * @param deletedFiles paths that were files and are deleted
     * @param bytes content of the files that exist
     */
    record Totals(long files, long deletedFiles, long bytes) {}
}
