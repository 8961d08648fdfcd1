package dev.dsync.pipeline.sync;

import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.ContentLayout;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Known;
import dev.dsync.catalog.WriterId;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.SealedPack;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.commit.CommitWriter;
import dev.dsync.pipeline.loss.PackTrust;
import dev.dsync.pipeline.parts.Digests;
import dev.dsync.pipeline.parts.FileStates;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.SealedDigests;
import dev.dsync.pipeline.parts.StopRequestedException;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.source.FileFailure;
import dev.dsync.source.FileMeta;
import dev.dsync.source.RelativePath;
import dev.dsync.source.SourceException;
import dev.dsync.source.SourceFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Stores content that changed and records what is true now; commits on the way when much or long was stored. */
final class Recorder implements Changes, AutoCloseable {

    private static final int READS_OF_A_CHANGING_FILE = 2;

    private final VaultParts vault;
    private final Path root;
    private final SyncOptions options;
    private final SyncEvent.Listener listener;
    private final Tally tally;
    private final CommitWriter commits;
    private final WriterId writer;
    private final SameContent same;
    private final UnstoredChunks unstored;
    private final PackLine line;
    private final FileIntake intake;
    private boolean caughtUp;
    private Instant lastCommit;
    private long bytesAtLastCommit;

    /** @param root the synced folder */
    Recorder(
            VaultParts vault,
            Path root,
            SyncOptions options,
            SyncEvent.Listener listener,
            Tally tally,
            CommitWriter commits,
            PackTrust trust,
            ByteBudget budget) {
        this.vault = vault;
        this.root = root;
        this.options = options;
        this.listener = listener;
        this.tally = tally;
        this.commits = commits;
        this.same = new SameContent(vault, trust, this::wasRead);
        this.writer = new HomeFacts(vault.catalog().home()).writer().orElseThrow();
        this.unstored = new UnstoredChunks(vault.catalog(), trust::holds, this::recorded);
        this.lastCommit = vault.clock().instant();
        this.line = new PackLine(vault, options, unstored, budget, new Sink());
        this.intake = new FileIntake(vault, options, budget, line, this::wasRead);
    }

    private void recorded(Version version) {
        if (version.kind() == VersionKind.FILE) {
            listener.on(new SyncEvent.FileStored(version.path()));
        }
    }

    /** Before anything is written it must be known what others wrote; then what was compared so far may be out of date. */
    private void beforeFirstWrite() throws IOException {
        if (!caughtUp) {
            caughtUp = true;
            if (commits.catchUp()) {
                throw new CatalogMovedException();
            }
        }
    }

    @Override
    public void content(SourceFile file, Optional<Known> known) throws IOException, InterruptedException {
        if (known.isPresent()
                && !options.readAgain(file.path())
                && holdsWhatIsKnown(file, known.get().version())) {
            return;
        }
        beforeFirstWrite();
        if (known.isPresent() && keepsClassicParts(file, known.get())) {
            return;
        }
        listener.on(new SyncEvent.FileStarted(file.path(), file.meta().size()));
        try {
            for (int attempt = 1; !intake.take(file, known); attempt++) {
                if (attempt == READS_OF_A_CHANGING_FILE) {
                    failed(new FileFailure(
                            file.path().value(),
                            "changed while it was read, " + attempt + " times; the next sync tries again"));
                    return;
                }
            }
        } catch (SourceException e) {
            failed(e.failure());
        } catch (UnreadableException e) {
            failed(FileFailure.of(file.path(), e.problem()));
        }
    }

    /**
     * Whether a file that looks as recorded, but was never seen so by this home or was written only a moment before,
     * holds what was recorded: then there is nothing to store, and nothing is asked of any target.
     */
    private boolean holdsWhatIsKnown(SourceFile file, Version version) {
        FileMeta meta = file.meta();
        if (version.kind() != VersionKind.FILE
                || version.size() != meta.size()
                || version.mode() != meta.mode()
                || !FileStates.sameTime(version.modified(), meta.modified())
                || !same.isHeld(version)) {
            return false;
        }
        Instant seenAt = vault.clock().instant();
        Optional<FileMeta> seen = same.found(file, version);
        seen.ifPresent(found -> {
            tally.unchanged.incrementAndGet();
            vault.catalog().versions().saw(file.path(), stamp(found, seenAt));
        });
        return seen.isPresent();
    }

    /**
     * Whether a file whose content lies in the classic layout only looks different: then its parts stay, because stored
     * anew they would be others. An imported file is met here the first time.
     */
    private boolean keepsClassicParts(SourceFile file, Known known) {
        Version version = known.version();
        if (version.kind() != VersionKind.FILE
                || !version.layout().classic()
                || version.size() != file.meta().size()
                || !same.isHeld(version)) {
            return false;
        }
        Instant seenAt = vault.clock().instant();
        Optional<FileMeta> seen = same.found(file, version);
        if (seen.isPresent()) {
            ChunkList parts = vault.catalog().versions().chunks(version);
            Version found = version(file.path(), VersionKind.FILE, seen.get(), version.sha256())
                    .as(version.layout().asSeen());
            record(Optional.of(known), found, parts, stamp(seen.get(), seenAt));
        }
        return seen.isPresent();
    }

    private static OptionalLong stamp(FileMeta meta, Instant seenAt) {
        return meta.settledAt(seenAt) ? OptionalLong.of(meta.stamp().value()) : OptionalLong.empty();
    }

    /** A stop need not wait for the end of a long file: what of it is stored is not stored again. */
    private void wasRead(int bytes) {
        if (options.stop().getAsBoolean()) {
            throw new StopRequestedException();
        }
        tally.bytesRead.addAndGet(bytes);
        listener.on(new SyncEvent.BytesRead(bytes));
    }

    @Override
    public void link(SourceFile link, Optional<Known> known) throws IOException {
        FileMeta meta = link.meta();
        // Java sets a link's time to the microsecond: so much can come back, and so much is compared later.
        Version version = version(
                link.path(),
                VersionKind.SYMLINK,
                meta,
                meta.modified().truncatedTo(ChronoUnit.MICROS),
                Optional.empty());
        if (known.isEmpty() || !saysTheSame(known.get().version(), version)) {
            beforeFirstWrite();
        }
        record(known, version, ChunkList.EMPTY, OptionalLong.of(meta.stamp().value()));
    }

    @Override
    public void folder(RelativePath path, FileMeta meta) throws IOException, InterruptedException {
        beforeFirstWrite();
        Version version = version(path, VersionKind.FOLDER, meta, Optional.empty());
        Optional<Version> known = vault.catalog()
                .versions()
                .newest(path)
                .map(Known::version)
                .filter(found -> found.layout().classic());
        OptionalLong stamp = OptionalLong.of(meta.stamp().value());
        if (known.isPresent() && same.isHeld(known.get())) {
            // Its record was stored when it was met first; the original does not store it again either.
            ChunkList record = vault.catalog().versions().chunks(known.get());
            vault.catalog().versions().record(version.as(known.get().layout()), record, stamp);
        } else if (options.classic().isPresent()) {
            storeRecord(version, meta, stamp);
        } else {
            vault.catalog().versions().record(version, ChunkList.EMPTY, stamp);
        }
    }

    private void storeRecord(Version folder, FileMeta meta, OptionalLong stamp)
            throws IOException, InterruptedException {
        FolderCounts counts = FolderCounts.of(root.resolve(folder.path().value()));
        byte[] bytes = options.classic().orElseThrow().of(folder.path(), meta, counts.files(), counts.folders());
        PackId part = PackId.of(Digests.sha256(bytes).toBytes());
        ChunkId name = vault.seals().classicPart(part);
        line.part(
                new FileInHand(options.treatments().usual()),
                SealedPack.ofClassicPart(part, name, ByteBuffer.wrap(bytes), Lease.none()));
        unstored.record(folder.as(ContentLayout.classic(false, false)), ChunkList.of(List.of(name)), stamp);
    }

    @Override
    public void deleted(Known known) throws IOException {
        beforeFirstWrite();
        Version gone = known.version().gone(vault.clock().instant(), writer);
        vault.catalog().versions().record(gone, ChunkList.EMPTY, OptionalLong.empty());
        if (known.version().kind() != VersionKind.FOLDER) {
            tally.deleted.incrementAndGet();
            listener.on(new SyncEvent.FileDeleted(gone.path()));
        }
    }

    @Override
    public void failed(FileFailure failure) {
        tally.failed(failure);
        listener.on(new SyncEvent.FileFailed(failure));
    }

    private Version version(RelativePath path, VersionKind kind, FileMeta meta, Optional<Sha256> sha256) {
        return version(path, kind, meta, meta.modified(), sha256);
    }

    private Version version(
            RelativePath path, VersionKind kind, FileMeta meta, Instant modified, Optional<Sha256> sha256) {
        return new Version(
                path, kind, meta.size(), modified, meta.mode(), sha256, meta.linkTarget(), Version.UNCOMMITTED, writer);
    }

    /**
     * Records the version, or only that it was seen if it says nothing new. Other chunks are news too: the same content
     * stored in another way, because a rule changed.
     */
    private void record(Optional<Known> known, Version version, ChunkList chunks, OptionalLong stamp) {
        if (known.isPresent()
                && saysTheSame(known.get().version(), version)
                && vault.catalog().versions().chunks(known.get().version()).equals(chunks)) {
            tally.unchanged.incrementAndGet();
            unstored.saw(version.path(), chunks, stamp);
            return;
        }
        (TreeComparison.exists(known) ? tally.changed : tally.added).incrementAndGet();
        unstored.record(version, chunks, stamp);
    }

    private static boolean saysTheSame(Version known, Version found) {
        return known.kind() == found.kind()
                && known.sha256().equals(found.sha256())
                && known.link().equals(found.link())
                && FileStates.sameTime(known.modified(), found.modified())
                && known.mode() == found.mode();
    }

    /**
     * Waits until everything is stored and recorded.
     *
     * @throws IllegalStateException if that was said of chunks that are not: a sync never ends well without them
     */
    void finish() throws IOException, InterruptedException {
        line.finish();
        int missing = unstored.count();
        if (missing > 0) {
            throw new IllegalStateException(missing + " chunks were read and never stored");
        }
    }

    @Override
    public void close() {
        line.close();
    }

    /** What the packing thread and the storing threads bring back. */
    private final class Sink implements PackLine.Sink {

        @Override
        public void fileEnded(ChunkList chunks, Sha256 sha256, Object ticket) {
            FileIntake.Ticket read = (FileIntake.Ticket) ticket;
            Version version = version(read.file().path(), VersionKind.FILE, read.meta(), Optional.of(sha256))
                    .as(read.layout());
            record(read.known(), version, chunks, stamp(read.meta(), read.seenAt()));
        }

        @Override
        public void packSealed(long bytes) {
            listener.on(new SyncEvent.PackSealed(bytes));
        }

        @Override
        public void packStored(SealedPack pack, ByteBuffer bytes, List<StoredCopy> copies) {
            if (options.sealedDigests() && pack.kind() == PackKind.DATA) {
                new SealedDigests(vault.catalog().home()).remember(pack, bytes);
            }
            unstored.stored(pack.directory(), copies);
            vault.catalog().flush();
            tally.packs.incrementAndGet();
            tally.bytesStored.addAndGet((long) pack.size() * copies.size());
            listener.on(new SyncEvent.PackStored(pack.size(), copies.size()));
        }

        @Override
        public void betweenSteps() throws IOException, InterruptedException {
            long stored = tally.bytesStored.get() - bytesAtLastCommit;
            Duration since = Duration.between(lastCommit, vault.clock().instant());
            if (stored >= options.commitBytes() || stored > 0 && since.compareTo(options.commitEvery()) >= 0) {
                commits.commit();
                bytesAtLastCommit = tally.bytesStored.get();
                lastCommit = vault.clock().instant();
            }
        }
    }
}
