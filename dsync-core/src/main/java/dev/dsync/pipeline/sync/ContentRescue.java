package dev.dsync.pipeline.sync;

import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.Chunk;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.ChunkReader;
import dev.dsync.chunk.Chunks;
import dev.dsync.chunk.Lease;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.SealedPack;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.Treatment;
import dev.dsync.pipeline.Treatments;
import dev.dsync.pipeline.content.FetchedRange;
import dev.dsync.pipeline.content.PackRanges;
import dev.dsync.pipeline.content.StoredPackReader;
import dev.dsync.pipeline.loss.PackTrust;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.source.FileKind;
import dev.dsync.source.RelativePath;
import dev.dsync.source.SourceException;
import dev.dsync.source.SourceFile;
import dev.dsync.source.SourceTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stores anew chunks of which no sound pack is left: those that are sound in what is left of damaged packs, and those
 * that the synced folder still has. No version changes. One object makes one rescue.
 */
public final class ContentRescue implements AutoCloseable {

    private final VaultParts vault;
    private final ByteBudget budget;
    private final PackTrust trust;
    private final Treatments treatments;
    private final PackLine line;

    /**
     * A rescue of {@code wanted} chunks.
     *
     * @param trust which packs count; those stored here do at once
     */
    public ContentRescue(
            VaultParts vault, SyncOptions options, PackTrust trust, Set<ChunkId> wanted, ByteBudget budget) {
        this.vault = vault;
        this.budget = budget;
        this.trust = trust;
        this.treatments = options.treatments();
        UnstoredChunks unstored = new UnstoredChunks(
                vault.catalog(), chunk -> !wanted.contains(chunk) || trust.holds(chunk), version -> {});
        this.line = new PackLine(vault, options, unstored, budget, new Sink(unstored));
    }

    /** Takes what is sound in the copies of the pack. */
    public void salvage(StoredPack pack) throws IOException, InterruptedException {
        FileInHand inHand = new FileInHand(new Treatment(treatments.usual().compression(), pack.suite()));
        PackRanges.Range whole = new PackRanges.Range(0, pack.size(), List.of());
        try (FetchedRange range = new StoredPackReader(vault).range(pack, whole)) {
            for (PackEntry entry : vault.catalog().packs().directory(pack.id()).entries()) {
                if (!trust.holds(entry.id())) {
                    Optional<ByteBuffer> plain = open(range, entry);
                    if (plain.isPresent()) {
                        Lease lease = budget.acquire(plain.get().remaining());
                        line.chunk(inHand, new Chunk(0, plain.get(), lease));
                    }
                }
            }
        }
    }

    private static Optional<ByteBuffer> open(FetchedRange range, PackEntry entry) {
        try {
            return Optional.of(range.open(entry));
        } catch (IOException e) {
            // It is lost here; the synced folder may have it.
            return Optional.empty();
        }
    }

    /** Reads the files, as far as they are there, for the chunks that are wanted. */
    public void read(SourceTree tree, Collection<RelativePath> files) throws IOException, InterruptedException {
        ChunkReader reader = new ChunkReader(vault.chunker(), budget);
        for (RelativePath path : files) {
            try {
                SourceFile file = tree.file(path);
                if (file.meta().kind() == FileKind.FILE) {
                    read(reader, file);
                }
            } catch (UnreadableException e) {
                // What it had stays lost, and that is told of at the end.
            } catch (SourceException e) {
                // As above: it is not there any more, or nobody may read it.
            }
        }
    }

    private void read(ChunkReader reader, SourceFile file)
            throws IOException, InterruptedException, UnreadableException {
        FileInHand inHand = new FileInHand(treatments.of(file.path()));
        try (Chunks chunks = reader.open(file.open(), file.meta().size())) {
            for (Optional<Chunk> chunk = next(chunks); chunk.isPresent(); chunk = next(chunks)) {
                line.chunk(inHand, chunk.get());
            }
        }
    }

    /** A file's content cannot be read: no trouble of the storing. */
    private static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1;
    }

    private static Optional<Chunk> next(Chunks chunks) throws UnreadableException, InterruptedException {
        try {
            return chunks.next();
        } catch (IOException e) {
            throw new UnreadableException();
        }
    }

    /** Waits until everything is stored and recorded. */
    public void finish() throws IOException, InterruptedException {
        line.finish();
    }

    @Override
    public void close() {
        line.close();
    }

    private final class Sink implements PackLine.Sink {

        private final UnstoredChunks unstored;

        Sink(UnstoredChunks unstored) {
            this.unstored = unstored;
        }

        @Override
        public void fileEnded(ChunkList chunks, Sha256 sha256, Object ticket) {
            throw new IllegalStateException("a rescue ends no file");
        }

        @Override
        public void packSealed(long bytes) {
            // Nobody waits for it.
        }

        @Override
        public void packStored(SealedPack pack, ByteBuffer bytes, List<StoredCopy> copies) {
            unstored.stored(pack.directory(), copies);
            vault.catalog().flush();
        }

        @Override
        public void betweenSteps() {
            // What is rescued is committed when all of it is stored.
        }
    }
}
