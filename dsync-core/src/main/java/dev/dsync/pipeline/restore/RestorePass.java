package dev.dsync.pipeline.restore;

import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Packs.ReadPlan;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Listed;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.chunk.ChunkId;
import dev.dsync.codec.CorruptChunkException;
import dev.dsync.pack.PackException;
import dev.dsync.pipeline.DamagedVaultException;
import dev.dsync.pipeline.Overwrite;
import dev.dsync.pipeline.RestoreEvent;
import dev.dsync.pipeline.RestoreOptions;
import dev.dsync.pipeline.RestoreReport;
import dev.dsync.pipeline.parts.FileStates;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.source.FileFailure;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One restore: plans by pack, so that each pack is read once however many files need it, writes files beside their
 * places, verifies them, moves them in; folders' modes and times and all links come last. One object makes one pass.
 */
public final class RestorePass {

    /** Paths planned together at most: what a plan keeps in memory for each is a few hundred bytes. */
    private static final int PATHS_AT_ONCE = 100_000;

    private final VaultParts vault;
    private final RestoreOptions options;
    private final RestoreEvent.Listener listener;
    private final Landing landing;
    private final AtomicLong restored = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Map<String, FileFailure> failed = new LinkedHashMap<>();
    private final List<FileFailure> kept = new ArrayList<>();
    private final AtomicReference<@Nullable StorageException> outOfReach = new AtomicReference<>();
    private final String run;
    private long skipped;
    private boolean interrupted;
    private volatile boolean damaged;

    /**
     * A restore of {@code vault}.
     *
     * @throws IOException if the folder to restore into cannot be made
     */
    public RestorePass(VaultParts vault, RestoreOptions options, RestoreEvent.Listener listener) throws IOException {
        this.vault = vault;
        this.options = options;
        this.listener = listener;
        this.landing = new Landing(options.to(), !options.dryRun());
        this.run = Long.toHexString(vault.random().nextLong());
    }

    /**
     * Makes the pass.
     *
     * @throws StorageException if not one file came back and no target is left to ask
     */
    public RestoreReport run() throws IOException, InterruptedException {
        Instant started = vault.clock().instant();
        try (Cursor<Listed> tree = tree()) {
            while (tree.hasNext() && !interrupted) {
                restoreSome(tree);
            }
        }
        // What was in hand when somebody wanted to stop was not waited for: it did not fail for good.
        interrupted |= outOfReach.get() != null && options.stop().getAsBoolean();
        requireAnyTarget();
        tellOfDamage();
        if (!interrupted && !options.dryRun()) {
            landing.forget();
            try (Cursor<Listed> tree = tree()) {
                new Finishing(landing, options, this::mayWrite, this::ended, this::fail).run(tree);
            }
        }
        Duration took = Duration.between(started, vault.clock().instant());
        return new RestoreReport(
                restored.get(), skipped, bytes.get(), List.copyOf(failed.values()), kept, took, interrupted);
    }

    private void requireAnyTarget() throws StorageException {
        StorageException reason = outOfReach.get();
        if (reason != null && restored.get() == 0 && vault.pool().live().isEmpty()) {
            throw reason;
        }
    }

    private void tellOfDamage() {
        if (damaged) {
            vault.notices()
                    .accept("not all that was stored is whole any more: 'dsync check --read-data' says what is damaged,"
                            + " and with --repair puts right what other copies or the synced folder still have");
        }
    }

    private Cursor<Listed> tree() {
        return vault.catalog()
                .versions()
                .tree(
                        RelativePath.ROOT,
                        options.sequence(),
                        options.includeDeleted() ? Scope.WITH_DELETED : Scope.LIVE);
    }

    private void restoreSome(Cursor<Listed> tree) throws IOException, InterruptedException {
        List<RestoringFile> files = new ArrayList<>();
        List<RestoringFile> classic = new ArrayList<>();
        int count = 0;
        long planned = 0;
        try (ReadPlan plan = vault.catalog().packs().plan()) {
            while (tree.hasNext() && count < PATHS_AT_ONCE) {
                Version version = tree.next().version();
                if (options.wanted().test(version.path())) {
                    planned += plan(version, plan, files, classic);
                    count++;
                }
            }
            listener.on(new RestoreEvent.Planned(files.size() + classic.size(), planned));
            if (options.dryRun()) {
                return;
            }
            RestoreWork.Outcome outcome = new Told();
            interrupted = !new RestoreWork(vault, files, options.stop(), outcome).run(plan)
                    || !new ClassicRestore(vault, options.stop(), outcome).run(classic);
        }
    }

    /** What comes of the files, from the threads that write them. */
    private final class Told implements RestoreWork.Outcome {

        @Override
        public void restored(RestoringFile file) {
            ended(file.version());
        }

        @Override
        public void written(long count) {
            bytes.addAndGet(count);
            listener.on(new RestoreEvent.BytesWritten(count));
        }

        @Override
        public void failed(RestoringFile file, IOException cause) {
            fail(file.version().path(), cause);
        }
    }

    /** Adds what the path needs to the plan; returns the bytes that will be written. */
    private long plan(Version version, ReadPlan plan, List<RestoringFile> files, List<RestoringFile> classic) {
        try {
            if (version.kind() == VersionKind.FOLDER) {
                if (!options.dryRun()) {
                    landing.folder(version.path());
                }
                return 0;
            }
            if (version.kind() == VersionKind.SYMLINK && options.dryRun()) {
                foresee(version);
                return 0;
            }
            if (version.kind() != VersionKind.FILE || !mayWrite(version)) {
                return 0;
            }
            if (version.layout().classic()) {
                if (options.dryRun()) {
                    return wouldBeRestored(version);
                }
                String number = run + "-c" + classic.size();
                classic.add(new RestoringFile(version, landing, number, Integer.MAX_VALUE));
                return version.size();
            }
            ChunkList chunks = vault.catalog().versions().chunks(version);
            List<ChunkId> missing = plan.add(files.size(), chunks);
            if (!missing.isEmpty()) {
                throw new DamagedVaultException(
                        "of its " + chunks.size() + " chunks, " + missing.size()
                                + " lie in no pack that any target has",
                        null);
            }
            if (options.dryRun()) {
                return wouldBeRestored(version);
            }
            files.add(new RestoringFile(version, landing, run + "-" + files.size(), chunks.size()));
            return version.size();
        } catch (IOException e) {
            fail(version.path(), e);
            return 0;
        }
    }

    private long wouldBeRestored(Version version) {
        bytes.addAndGet(version.size());
        ended(version);
        return version.size();
    }

    private void foresee(Version link) throws IOException {
        if (Finishing.isThere(landing.existing(link.path()), link) || mayWrite(link)) {
            ended(link);
        }
    }

    private boolean mayWrite(Version version) throws IOException {
        Path place = options.dryRun() ? landing.existing(version.path()) : landing.place(version.path());
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("a folder is in the way; move it away, or restore elsewhere with --to");
        }
        landing.requireExactName(place, version.path());
        boolean replace = mayReplace(place, version);
        if (!replace) {
            skipped++;
            listener.on(new RestoreEvent.FileSkipped(version.path()));
        }
        return replace;
    }

    /** Whether what is there gives way; what differs and stays all the same is named. */
    private boolean mayReplace(Path place, Version version) throws IOException {
        if (options.overwrite() == Overwrite.ALWAYS) {
            return true;
        }
        Instant local =
                Files.getLastModifiedTime(place, LinkOption.NOFOLLOW_LINKS).toInstant();
        boolean same = Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
                && version.kind() == VersionKind.FILE
                && Files.size(place) == version.size()
                && FileStates.sameTime(local, version.modified());
        if (same) {
            return false;
        }
        boolean replace = options.overwrite() == Overwrite.CHANGED && !local.isAfter(version.modified());
        if (!replace) {
            kept.add(new FileFailure(
                    version.path().value(),
                    options.overwrite() == Overwrite.CHANGED
                            ? "kept: the file there is newer; --overwrite always replaces it"
                            : "kept: another one is there, and nothing may be replaced"));
        }
        return replace;
    }

    private void ended(Version version) {
        restored.incrementAndGet();
        listener.on(new RestoreEvent.FileRestored(version.path()));
    }

    private void fail(RelativePath path, IOException cause) {
        FileFailure failure = FileFailure.of(path, cause);
        synchronized (failed) {
            // A folder that could not be made fails again when its state is to be set.
            if (failed.putIfAbsent(failure.path(), failure) != null) {
                return;
            }
        }
        for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
            damaged |= reason instanceof BlobNotFoundException
                    || reason instanceof PackException
                    || reason instanceof CorruptChunkException
                    || reason instanceof DamagedVaultException;
            if (reason instanceof StorageException unreached) {
                outOfReach.compareAndSet(null, unreached);
            }
        }
        listener.on(new RestoreEvent.FileFailed(failure));
    }
}
