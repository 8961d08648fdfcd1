package dev.dsync.chunk;

import java.nio.channels.ReadableByteChannel;

/**
 * Cuts files into chunks in memory that does not grow with the file. Safe for use by many threads, one {@link Chunks}
 * each.
 *
 * <p>A file at work takes from the budget a window, at most twice the chunker's {@code maxChunkSize} but no more than
 * the file's expected size, and the chunks it handed out. The budget must have room for the windows of all files at
 * work and one chunk more: otherwise each waits for memory that the others hold.
 */
public final class ChunkReader {

    private final Chunker chunker;
    private final ByteBudget budget;

    /** Reads with {@code chunker}'s cuts, within {@code budget}. */
    public ChunkReader(Chunker chunker, ByteBudget budget) {
        this.chunker = chunker;
        this.budget = budget;
    }

    /**
     * The chunks of what {@code source} yields until its end. Nothing is read or taken from the budget yet.
     *
     * @param source a blocking channel, closed with the result
     * @param expectedBytes how much it is likely to yield; a wrong guess costs time or memory, never correctness
     */
    public Chunks open(ReadableByteChannel source, long expectedBytes) {
        return new Chunks(chunker, budget, source, expectedBytes);
    }
}
