package dev.dsync.pipeline;

import dev.dsync.codec.Compression;
import dev.dsync.pack.PackFormat;
import dev.dsync.source.RelativePath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * How one sync is made. {@link #builder()} makes them.
 *
 * @param dryRun whether to tell what would be done and do nothing
 * @param again paths whose files are read even if they look unchanged
 * @param allowEmpty whether a folder that is suddenly empty is believed
 * @param treatments what is done with the content of files before it is stored
 * @param packSize length of a full pack, in bytes
 * @param copies on how many targets each data pack lies
 * @param commitEvery a commit is made at least this often while there is something to commit
 * @param commitBytes a commit is made at least after this many bytes of packs
 * @param stop asked now and then; once it says true the sync ends at a safe point, with what is stored committed
 * @param classic if present, content is stored in the classic layout, and folders have these records
 * @param sealedDigests whether this home remembers the digests of sealed chunks: {@code files.json} has them
 */
public record SyncOptions(
        boolean dryRun,
        List<RelativePath> again,
        boolean allowEmpty,
        Treatments treatments,
        int packSize,
        int copies,
        Duration commitEvery,
        long commitBytes,
        BooleanSupplier stop,
        Optional<FolderRecords> classic,
        boolean sealedDigests) {

    /** A commit is made at least this often while a sync stores something: what a crash can cost. */
    public static final Duration COMMIT_EVERY = Duration.ofMinutes(5);

    /** A commit is made at least after this many bytes of packs. */
    public static final long COMMIT_BYTES = 512L << 20;

    /** One copy of everything, compressed as usual, in packs of the usual size. */
    public static SyncOptions standard() {
        return builder().build();
    }

    /** Starts from {@link #standard()}. */
    public static Builder builder() {
        return new Builder();
    }

    public SyncOptions {
        again = List.copyOf(again);
    }

    /** How commits are made, by this and by whatever else such a vault is changed with. */
    public CommitSettings commits() {
        return new CommitSettings(
                packSize, Math.max(2, copies), treatments.usual().compression());
    }

    /** Whether the file at {@code path} is read even if it looks unchanged. */
    public boolean readAgain(RelativePath path) {
        return again.stream().anyMatch(path::startsWith);
    }

    /** Says what is to be other than usual; for one thread. */
    public static final class Builder {

        private boolean dryRun;
        private List<RelativePath> again = List.of();
        private boolean allowEmpty;
        private Treatments treatments = Treatments.all(Compression.standard());
        private int packSize = PackFormat.DEFAULT_PACK_SIZE;
        private int copies = 1;
        private Duration commitEvery = COMMIT_EVERY;
        private long commitBytes = COMMIT_BYTES;
        private BooleanSupplier stop = () -> false;
        private Optional<FolderRecords> classic = Optional.empty();
        private boolean sealedDigests;

        private Builder() {}

        /** Whether to tell what would be done and do nothing. */
        public Builder dryRun(boolean only) {
            dryRun = only;
            return this;
        }

        /** Paths whose files are read even if they look unchanged, with all that lies below them. */
        public Builder again(List<RelativePath> paths) {
            again = paths;
            return this;
        }

        /** Whether a folder that is suddenly empty is believed. */
        public Builder allowEmpty(boolean allowed) {
            allowEmpty = allowed;
            return this;
        }

        /** What is done with the content of files before it is stored. */
        public Builder treatments(Treatments wanted) {
            treatments = wanted;
            return this;
        }

        /** Length of a full pack, in bytes. */
        public Builder packSize(int bytes) {
            packSize = bytes;
            return this;
        }

        /** On how many targets each data pack lies. */
        public Builder copies(int targets) {
            copies = targets;
            return this;
        }

        /** A commit is made at least this often while there is something to commit. */
        public Builder commitEvery(Duration interval) {
            commitEvery = interval;
            return this;
        }

        /** A commit is made at least after this many bytes of packs. */
        public Builder commitBytes(long bytes) {
            commitBytes = bytes;
            return this;
        }

        /** Asked now and then; once it says true the sync ends at a safe point, with what is stored committed. */
        public Builder stop(BooleanSupplier asked) {
            stop = asked;
            return this;
        }

        /** Stores content in the classic layout, and folders with these records. */
        public Builder classic(FolderRecords records) {
            classic = Optional.of(records);
            return this;
        }

        /** Whether this home remembers the digests of sealed chunks. */
        public Builder sealedDigests(boolean kept) {
            sealedDigests = kept;
            return this;
        }

        public SyncOptions build() {
            return new SyncOptions(
                    dryRun,
                    again,
                    allowEmpty,
                    treatments,
                    packSize,
                    copies,
                    commitEvery,
                    commitBytes,
                    stop,
                    classic,
                    sealedDigests);
        }
    }
}
