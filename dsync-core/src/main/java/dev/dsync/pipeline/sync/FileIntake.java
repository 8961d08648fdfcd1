package dev.dsync.pipeline.sync;

import dev.dsync.catalog.ContentLayout;
import dev.dsync.catalog.Versions.Known;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.Chunk;
import dev.dsync.chunk.ChunkReader;
import dev.dsync.chunk.Chunks;
import dev.dsync.pack.Suite;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.Treatment;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.source.FileMeta;
import dev.dsync.source.SourceException;
import dev.dsync.source.SourceFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Takes the content of files into the packs, in either layout: reads a file once, and says whether it stayed the same
 * meanwhile. For one thread.
 */
final class FileIntake {

    /** What comes back with a file whose chunks are packed: what it was when it was read, and before. */
    record Ticket(SourceFile file, FileMeta meta, Optional<Known> known, Instant seenAt, ContentLayout layout) {}

    private final VaultParts vault;
    private final SyncOptions options;
    private final ByteBudget budget;
    private final PackLine line;
    private final IntConsumer progress;
    private final ChunkReader reader;

    /** @param progress hears of the bytes read, and may throw to end the reading */
    FileIntake(VaultParts vault, SyncOptions options, ByteBudget budget, PackLine line, IntConsumer progress) {
        this.vault = vault;
        this.options = options;
        this.budget = budget;
        this.line = line;
        this.progress = progress;
        this.reader = new ChunkReader(vault.chunker(), budget);
    }

    /**
     * Reads the file once. The pack line gives a {@link Ticket} back if all of it was taken in.
     *
     * @return whether it stayed the same meanwhile; if not, nothing but its chunks was taken in
     * @throws SourceException if it cannot be opened
     * @throws UnreadableException if its content cannot be read
     */
    boolean take(SourceFile file, Optional<Known> known) throws IOException, InterruptedException, UnreadableException {
        return options.classic().isPresent() ? takeClassic(file, known) : takeChunks(file, known);
    }

    private boolean takeChunks(SourceFile file, Optional<Known> known)
            throws IOException, InterruptedException, UnreadableException {
        FileInHand inHand = new FileInHand(options.treatments().of(file.path()));
        Instant seenAt = vault.clock().instant();
        FileMeta before = file.metaNow();
        long size = 0;
        try (Chunks chunks = reader.open(file.open(), before.size())) {
            for (Optional<Chunk> chunk = next(chunks); chunk.isPresent(); chunk = next(chunks)) {
                int length = chunk.get().length();
                size += length;
                line.chunk(inHand, chunk.get());
                progress.accept(length);
            }
        }
        if (size != before.size() || file.changedSince(before)) {
            return false;
        }
        line.end(inHand, new Ticket(file, before, known, seenAt, ContentLayout.PACKED));
        return true;
    }

    private boolean takeClassic(SourceFile file, Optional<Known> known)
            throws IOException, InterruptedException, UnreadableException {
        Treatment treatment = options.treatments().of(file.path());
        FileInHand inHand = new FileInHand(treatment);
        Instant seenAt = vault.clock().instant();
        FileMeta before = file.metaNow();
        ContentLayout layout = ContentLayout.classic(
                before.size() > ClassicFileReader.COMPRESSED_ABOVE
                        && !treatment.compression().isNone(),
                treatment.suite() != Suite.NONE);
        ClassicFileReader.Result result;
        try (SeekableByteChannel channel = file.open()) {
            result = new ClassicFileReader(vault, budget)
                    .read(channel, before.size(), layout, part -> line.part(inHand, part), progress);
        } catch (InterruptedIOException e) {
            Thread.interrupted();
            InterruptedException interrupted = new InterruptedException(e.getMessage());
            interrupted.initCause(e);
            throw interrupted;
        }
        if (result.size() != before.size() || file.changedSince(before)) {
            return false;
        }
        line.end(inHand, result.sha256(), new Ticket(file, before, known, seenAt, layout));
        return true;
    }

    private static Optional<Chunk> next(Chunks chunks) throws UnreadableException, InterruptedException {
        try {
            return chunks.next();
        } catch (IOException e) {
            throw new UnreadableException(e);
        }
    }
}
