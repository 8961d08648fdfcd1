package dev.dsync.chunk;

import java.nio.ByteBuffer;

/** Cuts every so many bytes, whatever they are; the last chunk of a file is shorter. An insertion moves all cuts after it. */
public final class FixedSizeChunker implements Chunker {

    private final int size;

    /** Chunks of {@code size} bytes. */
    public FixedSizeChunker(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a chunk cannot have " + size + " bytes");
        }
        this.size = size;
    }

    @Override
    public int maxChunkSize() {
        return size;
    }

    @Override
    public int cut(ByteBuffer window) {
        if (!window.hasRemaining()) {
            throw new IllegalArgumentException("nothing to cut: the window is empty");
        }
        return Math.min(size, window.remaining());
    }
}
