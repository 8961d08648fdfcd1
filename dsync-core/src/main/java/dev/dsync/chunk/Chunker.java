package dev.dsync.chunk;

import java.nio.ByteBuffer;

/**
 * Decides where a file is cut into chunks, from its bytes alone.
 *
 * <p>Safe for use by many threads: a chunker has no state between calls. The length of a chunk depends on nothing but
 * the bytes from its start on, at most {@link #maxChunkSize} of them: not on what came before, not on what follows,
 * not on the buffer that holds them. So the same content is cut at the same places by every run, and an edit moves
 * cuts only near itself.
 *
 * <p>Where a chunker cuts is part of the stored format: a change makes every file new to its vault. To add one:
 * implement these methods, subclass {@code ChunkerContract} in a test and pin some of its cuts there.
 */
public interface Chunker {

    /** The longest chunk, in bytes: also how much of a file it needs to see at once. */
    int maxChunkSize();

    /**
     * Length in bytes of the chunk that starts at the window's position. The window must hold, from its position to
     * its limit, the next {@link #maxChunkSize} bytes of the file or more, or everything up to the end of the file.
     * Neither its content nor its position changes.
     *
     * @return at least 1, at most {@link #maxChunkSize} and at most what the window holds
     * @throws IllegalArgumentException if the window is empty
     */
    int cut(ByteBuffer window);
}
