package dev.dsync.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Commits, and the records they carry, in and out. */
public interface CommitLog {

    /**
     * Whether anything was recorded that no commit carries yet. A {@linkplain #remember remembered} commit alone does
     * not count: it waits for the next commit that has something else to carry.
     */
    boolean hasUncommitted();

    /** Gives every record that has no sequence yet this one. */
    void assign(long sequence);

    /**
     * Takes the sequence back from the records that have it, except other writers' versions: the commit they were meant
     * for did not become part of history.
     */
    void reopen(long sequence, WriterId writer);

    /**
     * All records with {@code from < sequence <= to}, in segment order. Removals are left out if {@code from} is 0: such
     * a segment is all there is.
     */
    Cursor<CatalogRecord> records(long from, long to);

    /**
     * Takes in a record that another commit carries. Of two with the same key the one with the higher sequence holds;
     * taking in the same record again changes nothing. Records of one segment arrive in segment order; a version may
     * arrive before the packs of its chunks, as long as they follow before the next flush, and copies before their pack.
     * What was removed stays so, unless it comes again with a sequence above the removal's.
     *
     * <p>A record with the sequence {@link Version#UNCOMMITTED} is taken in as recorded here: the next commit carries it.
     */
    void apply(CatalogRecord record);

    /**
     * Forgets all records that commits carry, all commits and the head, so that they can be taken in anew.
     * {@link HomeState}, stamps and what no commit carries stay.
     */
    void forget();

    /**
     * Remembers a commit that is part of history, in place of what was remembered of it before. Its
     * {@link CatalogRecord.CommitMade} record counts as carried by the next commit: its sequence is
     * {@code commit.sequence() + 1}.
     *
     * @param blobs what can be deleted once nothing refers to it
     */
    void remember(CommitInfo commit, List<StoredCopy> blobs);

    /**
     * All remembered commits, oldest first; commits that raced have the same sequence. After years of short passes there
     * are hundreds of thousands.
     */
    List<CommitInfo> history();

    /** Whether this commit is remembered; quick however many are. */
    boolean knows(Sha256 commit);

    /** Whether a commit that another than {@code writer} made is remembered; quick however many are. */
    boolean hasCommitOfOther(WriterId writer);

    /** The newest commit not later than {@code time}; the highest sequence among those. */
    default OptionalLong sequenceAt(Instant time) {
        return history().stream()
                .filter(commit -> !commit.time().isAfter(time))
                .mapToLong(CommitInfo::sequence)
                .max();
    }

    /** The newest commit this catalog is built from, as it was sealed; empty if there is none yet. */
    Optional<Head> head();

    /** Says that the catalog now stands at this commit. */
    void setHead(Head head);

    /**
     * Where the catalog stands.
     *
     * @param info the commit
     * @param root the root value that points to it
     * @param content the commit's plain content
     */
    record Head(CommitInfo info, Bytes root, Bytes content) {}
}
