package dev.dsync.chunk;

import java.nio.ByteBuffer;

/**
 * A piece of a file's content: plain bytes, where in the file they start, and the lease of their memory. It has one
 * owner at a time, who closes it or {@linkplain #handOver hands its lease over}; it may pass between threads.
 */
public final class Chunk implements AutoCloseable {

    private final long offset;
    private final ByteBuffer bytes;
    private final Lease lease;
    private boolean over;

    /**
     * The remaining bytes of {@code bytes}, which nobody may change any more, found {@code offset} bytes into the file.
     */
    public Chunk(long offset, ByteBuffer bytes, Lease lease) {
        if (offset < 0) {
            throw new IllegalArgumentException("a chunk cannot start at offset " + offset);
        }
        this.offset = offset;
        this.bytes = bytes.slice();
        this.lease = lease;
    }

    /** Where the chunk starts, in bytes from the start of the file. */
    public long offset() {
        return offset;
    }

    /** Length in bytes. */
    public int length() {
        return bytes.remaining();
    }

    /**
     * The plain bytes, as a view with a position of its own. Nobody may write to it.
     *
     * @throws IllegalStateException if the chunk is closed or its lease handed over
     */
    public ByteBuffer bytes() {
        requireOpen();
        return bytes.duplicate();
    }

    /**
     * Ends this chunk and makes the caller owner of its memory's lease. Views taken before stay readable for as long
     * as the caller keeps that lease.
     *
     * @throws IllegalStateException if the chunk is closed or its lease handed over
     */
    public Lease handOver() {
        requireOpen();
        over = true;
        return lease;
    }

    /** Gives the memory back, unless the lease was handed over; does nothing the second time. */
    @Override
    public void close() {
        if (!over) {
            over = true;
            lease.close();
        }
    }

    @Override
    public String toString() {
        return "chunk of " + length() + " bytes at " + offset;
    }

    private void requireOpen() {
        if (over) {
            throw new IllegalStateException("this " + this + " is closed");
        }
    }
}
