package dev.dsync.pipeline;

import dev.dsync.codec.Compression;
import dev.dsync.pack.PackFormat;
import dev.dsync.source.RelativePath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * How one sync is made.
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
        return new SyncOptions(
                false,
                List.of(),
                false,
                Treatments.all(Compression.standard()),
                PackFormat.DEFAULT_PACK_SIZE,
                1,
                COMMIT_EVERY,
                COMMIT_BYTES,
                () -> false);
    }

    /** In the packed layout. */
    public SyncOptions(
            boolean dryRun,
            List<RelativePath> again,
            boolean allowEmpty,
            Treatments treatments,
            int packSize,
            int copies,
            Duration commitEvery,
            long commitBytes,
            BooleanSupplier stop) {
        this(
                dryRun,
                again,
                allowEmpty,
                treatments,
                packSize,
                copies,
                commitEvery,
                commitBytes,
                stop,
                Optional.empty(),
                false);
    }

    /** The same, with all content compressed in one way and encrypted. */
    public SyncOptions(
            boolean dryRun,
            List<RelativePath> again,
            boolean allowEmpty,
            Compression compression,
            int packSize,
            int copies,
            Duration commitEvery,
            long commitBytes,
            BooleanSupplier stop) {
        this(dryRun, again, allowEmpty, Treatments.all(compression), packSize, copies, commitEvery, commitBytes, stop);
    }

    /** The same, in the classic layout if there are records for folders, and with or without digests. */
    public SyncOptions storing(Optional<FolderRecords> inClassicLayout, boolean withSealedDigests) {
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
                inClassicLayout,
                withSealedDigests);
    }

    public SyncOptions {
        again = List.copyOf(again);
    }

    /** How commits are made, by this and by whatever else such a vault is changed with. */
    public CommitSettings commits() {
        return new CommitSettings(
                packSize, Math.max(2, copies), treatments.usual().compression());
    }

    public boolean readAgain(RelativePath path) {
        return again.stream().anyMatch(path::startsWith);
    }
}
