package dev.dsync.chunk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * The chunks of one file, in file order, each read when it is asked for. Together they are what the source yielded;
 * an empty file has none. For use by one thread at a time. Closing gives back the window and closes the source; chunks
 * handed out before stay good.
 */
public final class Chunks implements Closeable {

    /** Asked for at once: above this, a file channel would copy through ever larger memory outside the heap. */
    private static final int READ_BYTES = 256 << 10;

    /** A blocking source should not come back empty-handed at all; one that always does must not hang the pass. */
    private static final int MAX_EMPTY_READS = 10_000;

    private static final byte[] NO_WINDOW = {};

    private final Chunker chunker;
    private final ByteBudget budget;
    private final ReadableByteChannel source;
    private final int largestWindow;
    private final int firstWindow;

    /** Read and not yet handed out: from {@code start} to {@code end}. */
    private byte[] window = NO_WINDOW;

    private Lease windowLease = Lease.none();
    private int start;
    private int end;
    private long offset;
    private boolean ended;

    Chunks(Chunker chunker, ByteBudget budget, ReadableByteChannel source, long expectedBytes) {
        this.chunker = chunker;
        this.budget = budget;
        this.source = source;
        // With room for two chunks a byte is moved to the front once at most, on average.
        this.largestWindow = Math.multiplyExact(2, chunker.maxChunkSize());
        // One byte more than expected shows the end of the file without a larger window.
        this.firstWindow = (int) Math.min(Math.max(expectedBytes, 0), largestWindow - 1) + 1;
    }

    /**
     * The next chunk, which the caller closes; empty at the end of the file. Waits for memory. Once it has thrown, this
     * can only be closed.
     *
     * @throws IOException if the source fails, or yields nothing without ending
     * @throws InterruptedException if the thread is interrupted, while it waits or while it reads
     * @throws java.util.concurrent.CancellationException if the budget is closed
     */
    public Optional<Chunk> next() throws IOException, InterruptedException {
        fill();
        if (start == end) {
            dropWindow();
            return Optional.empty();
        }
        int length = chunker.cut(ByteBuffer.wrap(window, start, end - start));
        Chunk chunk = length == end && isSnug() ? windowItself() : copyOfNext(length);
        offset += length;
        return Optional.of(chunk);
    }

    /** Reads until the window holds what the chunker must see. */
    private void fill() throws IOException, InterruptedException {
        while (!ended && end - start < chunker.maxChunkSize()) {
            if (end == window.length) {
                makeRoom();
            }
            read();
        }
    }

    private void makeRoom() throws InterruptedException {
        if (window.length == largestWindow) {
            System.arraycopy(window, start, window, 0, end - start);
            end -= start;
            start = 0;
            return;
        }
        // Larger than expected: then nothing is known of its size.
        int size = window.length == 0 ? firstWindow : largestWindow;
        Lease lease = budget.acquire(size);
        byte[] larger = new byte[size];
        System.arraycopy(window, start, larger, 0, end - start);
        windowLease.close();
        windowLease = lease;
        window = larger;
        end -= start;
        start = 0;
    }

    private void read() throws IOException, InterruptedException {
        ByteBuffer target = ByteBuffer.wrap(window, end, Math.min(READ_BYTES, window.length - end));
        for (int attempt = 0; attempt < MAX_EMPTY_READS; attempt++) {
            if (readInto(target) < 0) {
                ended = true;
                return;
            }
            if (target.position() > end) {
                end = target.position();
                return;
            }
            Thread.onSpinWait();
        }
        throw new IOException("the source yielded nothing in " + MAX_EMPTY_READS + " reads, " + (offset + end - start)
                + " bytes into it");
    }

    private int readInto(ByteBuffer target) throws IOException, InterruptedException {
        try {
            return source.read(target);
        } catch (ClosedByInterruptException e) {
            // Not a fault of the file: the same signal as an interrupted wait, told the same way.
            Thread.interrupted();
            InterruptedException interrupted = new InterruptedException("interrupted while reading");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Whether the window, all one chunk, wastes little memory: a small file. */
    private boolean isSnug() {
        return ended && window.length - end <= end / 8;
    }

    private Chunk windowItself() {
        Chunk chunk = new Chunk(offset, ByteBuffer.wrap(window, 0, end), windowLease);
        windowLease = Lease.none();
        dropWindow();
        return chunk;
    }

    private Chunk copyOfNext(int length) throws InterruptedException {
        Lease lease = budget.acquire(length);
        byte[] copy = Arrays.copyOfRange(window, start, start + length);
        start += length;
        if (ended && start == end) {
            dropWindow();
        }
        return new Chunk(offset, ByteBuffer.wrap(copy), lease);
    }

    private void dropWindow() {
        windowLease.close();
        window = NO_WINDOW;
        start = 0;
        end = 0;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        dropWindow();
        source.close();
    }
}
