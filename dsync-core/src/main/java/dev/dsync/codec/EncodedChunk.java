package dev.dsync.codec;

import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import java.nio.ByteBuffer;

/**
 * A chunk after its codec: what goes into a pack, and what comes out of one. It holds the lease of its memory; it has
 * one owner at a time, who closes it, and may pass between threads.
 */
public final class EncodedChunk implements AutoCloseable {

    private final ChunkId id;
    private final CodecId codec;
    private final int rawSize;
    private final ByteBuffer encoded;
    private final Lease lease;

    /**
     * @param id the name of the plain bytes
     * @param codec what encoded them
     * @param rawSize length of the plain bytes
     * @param encoded the encoded bytes, which nobody may change any more
     * @param lease of the memory behind {@code encoded}; this chunk's from now on
     */
    public EncodedChunk(ChunkId id, CodecId codec, int rawSize, ByteBuffer encoded, Lease lease) {
        if (rawSize < 0) {
            throw new IllegalArgumentException("a chunk cannot have " + rawSize + " bytes");
        }
        this.id = id;
        this.codec = codec;
        this.rawSize = rawSize;
        this.encoded = encoded.slice();
        this.lease = lease;
    }

    /** The name of the plain bytes. */
    public ChunkId id() {
        return id;
    }

    /** What encoded them. */
    public CodecId codec() {
        return codec;
    }

    /** Length of the plain bytes. */
    public int rawSize() {
        return rawSize;
    }

    /** Length of the encoded bytes. */
    public int encodedSize() {
        return encoded.remaining();
    }

    /** The encoded bytes, as a view with a position of its own; good until this is closed. Nobody may write to it. */
    public ByteBuffer encoded() {
        return encoded.duplicate();
    }

    /** Gives the memory back; does nothing the second time. */
    @Override
    public void close() {
        lease.close();
    }

    @Override
    public String toString() {
        return "chunk " + id + ", " + rawSize + " bytes, " + encodedSize() + " as " + codec;
    }
}
