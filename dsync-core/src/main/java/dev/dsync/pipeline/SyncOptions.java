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
 * @param compression how chunks are made smaller
 * @param packSize length of a full pack, in bytes
 * @param copies on how many targets each data pack lies
 * @param commitEvery a commit is made at least this often while there is something to commit
 * @param commitBytes a commit is made at least after this many bytes of packs
 * @param classic if present, content is stored in the classic layout, and folders have these records
 * @param stop asked now and then; once it says true the sync ends at a safe point, with what is stored committed
 */
public record SyncOptions(
        boolean dryRun,
        List<RelativePath> again,
        boolean allowEmpty,
        Compression compression,
        int packSize,
        int copies,
        Duration commitEvery,
        long commitBytes,
        Optional<FolderRecords> classic,
        BooleanSupplier stop) {

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
                Compression.standard(),
                PackFormat.DEFAULT_PACK_SIZE,
                1,
                COMMIT_EVERY,
                COMMIT_BYTES,
                Optional.empty(),
                () -> false);
    }

    /** The same, in the packed layout. */
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
        this(
                dryRun,
                again,
                allowEmpty,
                compression,
                packSize,
                copies,
                commitEvery,
                commitBytes,
                Optional.empty(),
                stop);
    }

    /** The same, in the classic layout. */
    public SyncOptions inClassicLayout(FolderRecords records) {
        return new SyncOptions(
                dryRun,
                again,
                allowEmpty,
                compression,
                packSize,
                copies,
                commitEvery,
                commitBytes,
                Optional.of(records),
                stop);
    }

    public SyncOptions {
        again = List.copyOf(again);
    }

    CommitSettings commits() {
        return new CommitSettings(packSize, Math.max(2, copies), compression);
    }

    boolean readAgain(RelativePath path) {
        return again.stream().anyMatch(path::startsWith);
    }
}
